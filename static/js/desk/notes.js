// Notes in ProseMirror, and what else is kept in one piece, as prose.clean stores it. Loaded by
// django-prose-editor; each export is an extension of that name.
import { Node, Plugin } from "django-prose-editor/editor";

const IN_NOTES = { EM: [], STRONG: [], SUB: [], SUP: [], S: [], CODE: [], BR: [], A: ["href"], CITE: ["data-source", "data-locator"], SPAN: ["lang", "dir"] };
const IN_KEPT = { ...IN_NOTES, SPAN: ["lang", "dir", "data-note"], P: [], UL: [], OL: ["start"], LI: [], FIGURE: [], FIGCAPTION: [], BLOCKQUOTE: [], TABLE: [], CAPTION: [], THEAD: [], TBODY: [], TR: [], TH: ["scope", "colspan", "rowspan"], TD: ["colspan", "rowspan"], H2: [], H3: [], H4: [], HR: [] };

// The children of `element` with the elements of `allowed` only, in a document that runs and loads
// nothing: what is pasted is not to be trusted.
function tidy(element, allowed) {
  const inert = document.implementation.createHTMLDocument("");
  const copy = (from, to) => {
    for (const child of from.childNodes) {
      if (child.nodeType === 3) to.append(inert.createTextNode(child.data));
      if (child.nodeType !== 1 || /^(SCRIPT|STYLE|TEMPLATE)$/.test(child.tagName)) continue;
      const attributes = allowed[child.tagName];
      const target = attributes ? to.appendChild(inert.createElement(child.tagName)) : to;
      for (const name of attributes ?? []) {
        const value = child.getAttribute(name);
        const safe = name !== "href" || /^\s*(https?:\/\/|mailto:)/i.test(value ?? "");
        if (value !== null && safe) target.setAttribute(name, value);
      }
      copy(child, target);
    }
    return to;
  };
  return copy(element, inert.createElement("div"));
}

function filled(tag, html, attributes = {}) {
  const inert = document.implementation.createHTMLDocument("");
  const element = inert.createElement(tag);
  element.innerHTML = html;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return document.importNode(element, true);
}

function words(html, sources) {
  const note = filled("span", html);
  for (const cite of note.querySelectorAll("cite")) {
    const place = cite.dataset.locator ? `, ${cite.dataset.locator}` : "";
    cite.textContent = (sources[cite.dataset.source] ?? "Source") + place;
  }
  for (const line of note.querySelectorAll("br")) line.replaceWith(" ");
  return note.textContent.trim();
}

// A note stands where its number stands. One piece for the editor; its number is counted by CSS.
export const Note = Node.create({
  name: "note",
  group: "inline",
  inline: true,
  atom: true,
  selectable: true,
  draggable: true,
  addOptions: () => ({ sources: {} }),
  addAttributes: () => ({
    html: { default: "", rendered: false },
    lang: { default: null, rendered: false },
    dir: { default: null, rendered: false },
  }),
  parseHTML: () => [
    {
      tag: "span[data-note]",
      priority: 100,
      getAttrs: (element) => ({
        html: tidy(element, IN_NOTES).innerHTML,
        lang: element.getAttribute("lang"),
        dir: element.getAttribute("dir"),
      }),
    },
  ],
  renderHTML: ({ node }) => {
    const { html, lang, dir } = node.attrs;
    return filled("span", html, { "data-note": "", ...(lang && { lang }), ...(dir && { dir }) });
  },
  renderText: () => "",
  addNodeView() {
    return ({ node }) => {
      const text = words(node.attrs.html, this.options.sources);
      const dom = document.createElement("sup");
      dom.className = "note-chip";
      dom.title = text;
      dom.setAttribute("role", "img");
      dom.setAttribute("aria-label", `Note: ${text}`);
      return { dom };
    };
  },
  // A note is never inside a link.
  addProseMirrorPlugins() {
    return [
      new Plugin({
        appendTransaction(transactions, _before, state) {
          const link = state.schema.marks.link;
          if (!link || !transactions.some((transaction) => transaction.docChanged)) return null;
          const change = state.tr;
          state.doc.descendants((node, position) => {
            if (node.type.name === "note" && link.isInSet(node.marks)) {
              change.removeMark(position, position + 1, link);
            }
          });
          return change.docChanged ? change : null;
        },
      }),
    ];
  },
});

// A figure has no tools here yet; it is kept whole.
export const Kept = Node.create({
  name: "kept",
  group: "block",
  atom: true,
  addAttributes: () => ({ html: { default: "", rendered: false } }),
  parseHTML: () => [
    {
      tag: "figure",
      getAttrs: (element) =>
        element.querySelector("img") ? false : { html: tidy(element, IN_KEPT).innerHTML },
    },
  ],
  renderHTML: ({ node }) => filled("figure", node.attrs.html),
});
