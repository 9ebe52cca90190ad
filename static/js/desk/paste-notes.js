// The notes of pasted HTML. Word, LibreOffice, Google Docs, pandoc and this site all write a note as
// two links that point at each other; whatever has that shape is a note.
import { IN_NOTES, tidy } from "./note-html.js";

const LONGEST_CALL = 8; // characters
const ALONE = /^[[(]?\s*(\d{1,3}|[ivxlc]{1,6}|[a-z*†‡])\s*[\])]?$/i;
const fragment = (link) => /#(.+)$/.exec(link.getAttribute("href") ?? "")?.[1];

export function takeNotes(body, guided) {
  const named = new Map();
  for (const element of body.querySelectorAll("[id], [name]")) {
    for (const name of [element.id, element.getAttribute("name")]) if (name && !named.has(name)) named.set(name, element);
  }
  const links = [...body.querySelectorAll("a[href*='#']")];
  const pairs = links.map((call) => [call, backLink(call, named, links)]).filter(([, back]) => back);
  const backs = new Set(pairs.map(([, back]) => back));
  const containers = new Map([...backs].map((back) => [back, container(back, backs, body)]));
  for (const [call, back] of pairs) call.replaceWith(note(containers.get(back), back, body));
  for (const holder of containers.values()) removeWithWhatIsEmptied(holder, body);
  for (const raised of body.querySelectorAll("sup:has([data-note])")) raised.replaceWith(...raised.childNodes);
  return { taken: pairs.length, bare: bareNumbers(body, links, guided) };
}

// Of two links that point at each other, the later is the note's.
function backLink(call, named, links) {
  const target = named.get(fragment(call));
  if (!target || call.textContent.trim().length > LONGEST_CALL) return null;
  const near = target.tagName === "A" && fragment(target) ? [target] : links.filter((link) => target.contains(link));
  const back = near.find((link) => {
    const origin = named.get(fragment(link));
    return origin && origin !== link && (origin === call || origin.contains(call) || call.contains(origin) || nextTo(origin, call));
  });
  return back && call.compareDocumentPosition(back) & 4 ? back : null;
}

const nextTo = (origin, call) => origin.tagName === "A" && !origin.textContent.trim() && (origin.nextElementSibling === call || origin.parentElement === call.parentElement);

// The largest element around the link that holds no other note, nor any of the text.
function container(back, backs, body) {
  let holder = back;
  for (let around = back.parentElement; around && around !== body; around = around.parentElement) {
    if ([...around.querySelectorAll("a")].some((link) => link !== back && backs.has(link))) break;
    if (around.tagName === "BODY" || (holder.tagName !== "A" && /^(OL|UL|SECTION|TABLE|TBODY)$/.test(around.tagName))) break;
    if (/footnote-list|endnote-list/.test(around.getAttribute("data-style") ?? "")) break;
    if (/^(DIV|P|LI|ASIDE|DD|TD|TR|SPAN|SUP|FONT|B|I|STRONG|EM)$/.test(around.tagName)) holder = around;
  }
  return holder;
}

function note(holder, back, body) {
  const words = holder.cloneNode(true);
  const links = [...(holder.tagName === "A" ? [] : holder.querySelectorAll("a"))];
  (words.querySelectorAll("a")[links.indexOf(back)] ?? words).remove();
  for (const [other, name] of [["b", "strong"], ["i", "em"], ["del, strike", "s"]]) {
    for (const element of words.querySelectorAll(other)) {
      const made = element.ownerDocument.createElement(name);
      made.append(...element.childNodes);
      element.replaceWith(made);
    }
  }
  const blocks = [...words.querySelectorAll("p, li, div")].filter((block) => block.textContent.trim() && !block.querySelector("p, li, div"));
  for (const block of blocks.slice(0, -1)) block.append(block.ownerDocument.createElement("br"));
  const made = body.ownerDocument.createElement("span");
  made.setAttribute("data-note", "");
  made.append(...tidy(words, IN_NOTES).childNodes);
  for (const empty of made.querySelectorAll("sup, strong, em, span")) if (!empty.textContent.trim()) empty.remove();
  for (const span of made.querySelectorAll("span:not([lang], [dir])")) span.replaceWith(...span.childNodes);
  trim(made);
  return made;
}

// Space, brackets of the number and breaks at the edges are the other program's.
function trim(made) {
  made.normalize();
  const texts = made.ownerDocument.createTreeWalker(made, 4);
  while (texts.nextNode()) texts.currentNode.data = texts.currentNode.data.replace(/[ \t\r\n]+/g, " ");
  const empty = (edge) => edge && edge.tagName !== "CITE" && !edge.textContent.trim();
  while (empty(made.firstChild)) made.firstChild.remove();
  while (empty(made.lastChild)) made.lastChild.remove();
  if (made.firstChild?.nodeType === 3) made.firstChild.data = made.firstChild.data.replace(/^[\s[\]]+/, "");
  if (made.lastChild?.nodeType === 3) made.lastChild.data = made.lastChild.data.trimEnd();
  for (const line of made.querySelectorAll("br")) {
    if (line.previousSibling?.nodeType === 3) line.previousSibling.data = line.previousSibling.data.trimEnd();
    if (line.nextSibling?.nodeType === 3) line.nextSibling.data = line.nextSibling.data.trimStart();
  }
}

// With it goes the list that held the notes, and the line above that.
function removeWithWhatIsEmptied(holder, body) {
  let around = holder.parentElement;
  holder.remove();
  while (around && around !== body && !around.textContent.trim() && !around.querySelector("[data-note], img")) {
    const outer = around.parentElement;
    const before = around.previousElementSibling;
    around.remove();
    if (before?.tagName === "HR") before.remove();
    around = outer;
  }
  for (const last of [...body.children].reverse()) {
    if (last.tagName !== "HR" && last.textContent.trim()) break;
    if (last.tagName === "HR" || last.tagName === "BR") last.remove();
  }
}

// Numbers of notes that the other program kept to itself: they stay as they are, and are counted.
// Google Docs writes them as raised figures, without links.
function bareNumbers(body, links, raised) {
  const calls = links.filter((link) => body.contains(link) && ALONE.test(link.textContent.trim()));
  for (const link of calls) link.replaceWith(...link.childNodes);
  if (!raised) return calls.length;
  return [...body.querySelectorAll("sup")].filter((sup) => /^\d{1,3}$/.test(sup.textContent.trim())).length;
}
