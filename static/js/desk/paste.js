// What is pasted from Word, LibreOffice, Google Docs or a page, brought into the form of this desk:
// notes to where they are called, lists to lists, looks to emphasis; what is left out is told.
import { Extension, Plugin } from "django-prose-editor/editor";
import { takeNotes } from "./paste-notes.js";

const BOLD = /font-weight:\s*(bold|[6-9]00)/i;
const ITALIC = /font-style:\s*italic/i;
const RAISED = /vertical-align:\s*super/i;
const LOWERED = /vertical-align:\s*sub(?!\w)/i;
const STRUCK = /text-decoration[^;]*line-through/i;
const LEVEL = /mso-list:[^;]*?level(\d)/i;
const COMMENT = /mso-element:\s*comment|mso-comment-reference|mso-special-character:\s*comment/i;
const NUMBERED = /^[\s(]*([0-9]+|[ivxlc]+|[a-z])[.)]/i;
const look = (element) => element.getAttribute("data-style") ?? "";

// Style goes under another name: the policy refuses it, and would complain. Handlers just go.
export function inert(html) {
  const { body } = document.implementation.createHTMLDocument("");
  const bare = html.replace(/<(style|script)\b[^>]*>[\s\S]*?<\/\1\s*>/gi, "");
  body.innerHTML = bare.replace(/<[a-z][^>]*>/gi, (tag) =>
    tag.replace(/\son\w+\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, "").replace(/\sstyle(?=\s*=)/gi, " data-style"),
  );
  return body;
}

const renamed = (element, name) => {
  const made = element.ownerDocument.createElement(name);
  made.append(...element.childNodes);
  element.replaceWith(made);
  return made;
};

const wrapped = (element, name) => {
  const made = element.ownerDocument.createElement(name);
  made.append(...element.childNodes);
  element.append(made);
};

function emphasise(body) {
  for (const b of body.querySelectorAll("b")) {
    if (/font-weight:\s*(normal|400)/i.test(look(b))) b.replaceWith(...b.childNodes); // Google Docs wraps all in one
  }
  for (const element of body.querySelectorAll("[data-style]:is(span, font, a, i, em, b, strong)")) {
    const style = look(element);
    if (BOLD.test(style) && !element.closest("h1, h2, h3, h4, h5, h6, th, b, strong")) wrapped(element, "strong");
    if (ITALIC.test(style) && !element.closest("i, em")) wrapped(element, "em");
    if (RAISED.test(style) && !element.querySelector("sup") && !element.closest("sup")) wrapped(element, "sup");
    if (LOWERED.test(style)) wrapped(element, "sub");
    if (STRUCK.test(style)) wrapped(element, "s");
  }
}

// Word's items are paragraphs that say their level, with the marker as text.
function listItems(body) {
  let lists = [];
  for (const p of [...body.querySelectorAll("p, h1, h2, h3, h4, h5, h6")]) {
    const level = Number(LEVEL.exec(look(p))?.[1] ?? 0);
    const follows = lists.length && lists[0].nextElementSibling === p;
    if (!follows) lists = [];
    if (!level || !/^P$/.test(p.tagName)) {
      lists = [];
      continue;
    }
    const marker = [...p.querySelectorAll("span")].find((span) => /mso-list:\s*ignore/i.test(look(span)));
    const kind = NUMBERED.test(marker?.textContent ?? "") ? "ol" : "ul";
    marker?.remove();
    lists.length = Math.min(lists.length, level);
    while (lists.length < level) {
      const list = body.ownerDocument.createElement(kind);
      const around = lists.at(-1);
      if (around) (around.lastElementChild ?? around.appendChild(body.ownerDocument.createElement("li"))).append(list);
      else p.before(list);
      lists.push(list);
    }
    lists.at(-1).append(renamed(p, "li"));
  }
}

// The title of a page is no heading here: what stood below it moves down with it.
function headings(body) {
  const shift = body.querySelector("h1") ? 1 : 0;
  for (const heading of [...body.querySelectorAll("h1, h2, h3, h4, h5, h6")]) {
    renamed(heading, `h${Math.min(4, Math.max(2, Number(heading.tagName[1]) + shift))}`);
  }
}

// Other programs name the language and direction of every word. The direction follows from the
// words; the language is worth keeping where it is not the text's own.
function languages(body) {
  const own = document.getElementById("id_language")?.value ?? "en";
  for (const element of body.querySelectorAll("[dir]")) element.removeAttribute("dir");
  for (const element of body.querySelectorAll("[lang]")) {
    if (element.lang.split("-")[0].toLowerCase() === own || element.tagName !== "SPAN") element.removeAttribute("lang");
  }
}

// Takes out what the text cannot hold; gives how many of each.
function leaveOut(body) {
  const out = { picture: 0, comment: 0, "deleted passage": 0, formula: 0 };
  const take = (what, found) => {
    for (const element of found) {
      out[what] += 1;
      element.remove();
    }
  };
  take("comment", [...body.querySelectorAll("[data-style]")].filter((element) => /mso-element:\s*comment(?!-list)/i.test(look(element))));
  for (const element of body.querySelectorAll("[data-style]")) if (COMMENT.test(look(element))) element.remove();
  take("deleted passage", body.querySelectorAll("del[cite], del[datetime], [class*='msoDel']"));
  take("picture", body.querySelectorAll("img:not([src^='images/']), svg, video, object, iframe, canvas"));
  take("formula", body.querySelectorAll("math, [class*='MathJax']"));
  for (const junk of body.querySelectorAll("script, style, template, meta, link, title, xml")) junk.remove();
  return out;
}

const counted = (number, what) => `${number} ${what}${number === 1 ? "" : "s"}`;

export function brought(html) {
  if (/data-pm-slice/.test(html)) return { html: inert(html).innerHTML, report: "" };
  const body = inert(html);
  const out = leaveOut(body);
  emphasise(body);
  languages(body);
  const { taken, bare } = takeNotes(body, /docs-internal-guid/.test(html));
  listItems(body);
  headings(body);
  for (const element of body.querySelectorAll("[data-style]")) element.removeAttribute("data-style");
  const left = Object.entries(out).filter(([, number]) => number).map(([what, number]) => counted(number, what));
  const report = [
    taken && `${counted(taken, "note")} came along.`,
    left.length && `Left out: ${left.join(", ")}.`,
    bare && `${counted(bare, "note number")} came without a note, because the other program does not hand its notes over: bring the file in “From a manuscript” instead, or write them anew.`,
  ];
  return { html: body.innerHTML, report: report.filter(Boolean).join(" ") };
}

export const Paste = Extension.create({
  name: "pastedText",
  addProseMirrorPlugins() {
    const { editor } = this;
    const say = (sentence) => {
      const { parentElement } = editor.view.dom;
      let line = parentElement.querySelector(".paste-report");
      if (!line) {
        line = Object.assign(document.createElement("p"), { className: "paste-report" });
        line.setAttribute("role", "status");
        editor.view.dom.before(line);
      }
      line.textContent = sentence;
    };
    return [
      new Plugin({
        props: {
          transformPastedHTML(html) {
            const { html: clean, report } = brought(html);
            say(report);
            return clean;
          },
        },
      }),
    ];
  },
});
