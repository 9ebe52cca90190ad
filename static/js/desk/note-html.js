// The HTML of notes, in a document that runs and loads nothing, and the names of what they cite.
export const IN_NOTES = { EM: [], STRONG: [], SUB: [], SUP: [], S: [], CODE: [], BR: [], A: ["href"], CITE: ["data-source", "data-locator"], SPAN: ["lang", "dir"] };

const ADDRESS = /^\s*(https?:\/\/|mailto:)/i;
const UNSEEN = /^(SCRIPT|STYLE|TEMPLATE)$/;

// The children of `element` with the elements of `allowed` only: what is pasted is not to be trusted.
export function tidy(element, allowed) {
  const inert = document.implementation.createHTMLDocument("");
  const copy = (from, to) => {
    for (const child of from.childNodes) {
      if (child.nodeType === 3) to.append(inert.createTextNode(child.data));
      if (child.nodeType !== 1 || UNSEEN.test(child.tagName)) continue;
      const attributes = allowed[child.tagName];
      const target = attributes ? to.appendChild(inert.createElement(child.tagName)) : to;
      for (const name of attributes ?? []) {
        const value = child.getAttribute(name);
        if (value !== null && (name !== "href" || ADDRESS.test(value))) target.setAttribute(name, value);
      }
      copy(child, target);
    }
    return to;
  };
  return copy(element, inert.createElement("div"));
}

export function filled(tag, html, attributes = {}) {
  const inert = document.implementation.createHTMLDocument("");
  const element = inert.createElement(tag);
  element.innerHTML = html;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return document.importNode(element, true);
}

// Names of sources by their keys, as the desk told them so far.
const names = new Map();
export const learnt = new EventTarget();

export function learn(told) {
  const before = names.size;
  for (const [key, name] of Object.entries(told ?? {})) names.set(key, name);
  if (names.size > before) learnt.dispatchEvent(new Event("names"));
}

export const nameOf = (key) => names.get(key) ?? "Source";

export function words(html) {
  const note = filled("span", html);
  for (const cite of note.querySelectorAll("cite")) {
    const place = cite.dataset.locator ? `, ${cite.dataset.locator}` : "";
    cite.textContent = nameOf(cite.dataset.source) + place;
  }
  for (const line of note.querySelectorAll("br")) line.replaceWith(" ");
  return note.textContent.trim();
}

// The notes of a document in their order: where each stands, and its HTML as it is stored. Those of a
// table's caption stand where the table stands, which carries it along.
export function notesOf(doc) {
  const found = [];
  doc.descendants((node, position) => {
    if (node.type.name === "note") found.push({ position, node, html: stored(node.attrs) });
    if (!node.attrs.caption) return;
    for (const { innerHTML: html, lang, dir } of filled("div", node.attrs.caption).querySelectorAll("[data-note]")) {
      found.push({ position, node, html: stored({ html, lang, dir }) });
    }
  });
  return found;
}

export function stored({ html, lang, dir }) {
  if (!lang && !dir) return html;
  return filled("div", "").appendChild(filled("span", html, { ...(lang && { lang }), ...(dir && { dir }) })).outerHTML;
}
