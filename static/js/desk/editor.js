// The stored form of a body in ProseMirror: what prose.clean lets through survives load, edit and
// save. Loaded by django-prose-editor; each export is an extension of that name.
import {
  Extension,
  Mark,
  Node,
  Plugin,
  Table as StockTable,
  TableHeader as StockTableHeader,
} from "django-prose-editor/editor";

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
  addAttributes: () => ({ html: { default: "", rendered: false } }),
  parseHTML: () => [
    {
      tag: "span[data-note]",
      priority: 100,
      getAttrs: (element) => ({ html: tidy(element, IN_NOTES).innerHTML }),
    },
  ],
  renderHTML: ({ node }) => filled("span", node.attrs.html, { "data-note": "" }),
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

const tongue = Object.fromEntries(
  ["lang", "dir"].map((name) => [
    name,
    {
      default: null,
      parseHTML: (element) => element.getAttribute(name),
      renderHTML: (attributes) => (attributes[name] ? { [name]: attributes[name] } : {}),
    },
  ]),
);

// Words of another language or direction within a line, and blocks of one.
export const Tongue = Mark.create({
  name: "tongue",
  addAttributes: () => tongue,
  parseHTML: () => [{ tag: "span[lang]:not([data-note])" }, { tag: "span[dir]:not([data-note])" }],
  renderHTML: ({ HTMLAttributes }) => ["span", HTMLAttributes, 0],
  addGlobalAttributes: () => [
    {
      types: "paragraph heading bulletList orderedList listItem blockquote table tableRow tableCell tableHeader".split(" "),
      attributes: tongue,
    },
  ],
});

export const TableHeader = StockTableHeader.extend({
  addAttributes() {
    return { ...this.parent?.(), scope: { default: null } };
  },
});

// The caption is carried along as an attribute and put back by storedForm.
export const Table = StockTable.extend({
  addAttributes() {
    return {
      ...this.parent?.(),
      caption: {
        default: "",
        parseHTML: (element) => {
          const caption = element.querySelector(":scope > caption");
          return caption ? tidy(caption, { ...IN_NOTES, SPAN: IN_KEPT.SPAN }).innerHTML : "";
        },
        renderHTML: ({ caption }) => (caption ? { "data-caption": caption } : {}),
      },
    };
  },
  parseHTML() {
    return [...this.parent(), { tag: "caption", ignore: true }];
  },
});

// ProseMirror puts a paragraph in every item and cell, and knows no head of a table.
function storedForm(html) {
  const body = filled("div", html);
  for (const holder of body.querySelectorAll("li, td, th")) {
    const [only, other] = holder.childNodes;
    const bare = only?.nodeName === "P" && !only.attributes.length;
    if (bare && (!other || (holder.nodeName === "LI" && /^[UO]L$/.test(other.nodeName)))) {
      only.replaceWith(...only.childNodes);
    }
  }
  for (const table of body.querySelectorAll("table")) {
    for (const extra of table.querySelectorAll("colgroup")) extra.remove();
    const rows = [...table.rows];
    const after = rows.findIndex((row) => [...row.cells].some((cell) => cell.nodeName === "TD"));
    if (after > 0) table.createTHead().append(...rows.slice(0, after));
    if (table.dataset.caption) table.createCaption().innerHTML = table.dataset.caption;
    table.removeAttribute("data-caption");
    table.removeAttribute("style");
  }
  return body.innerHTML;
}

export const StoredForm = Extension.create({
  name: "storedForm",
  onBeforeCreate() {
    const { editor } = this;
    editor.options.injectCSS = false; // the policy refuses it; desk.css has what it holds
    const written = editor.getHTML.bind(editor);
    editor.getHTML = (...given) => storedForm(written(...given));
  },
  // The policy refuses handlers and style in what is pasted; taken out first, they are not even
  // complained about. (Google Docs wraps everything in a <b> whose style says that it is none.)
  addProseMirrorPlugins: () => [
    new Plugin({
      props: {
        transformPastedHTML: (html) =>
          html
            .replace(/<b(?=[^>]*font-weight:\s*normal)/gi, "<span")
            .replace(/<[a-z][^>]*>/gi, (tag) =>
              tag.replace(/\s(on\w+|style)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, ""),
            ),
      },
    }),
  ],
  onCreate() {
    const { dom } = this.editor.view;
    dom.setAttribute("aria-label", "Text of the brief");
    dom.setAttribute("role", "textbox");
    dom.setAttribute("aria-multiline", "true");
  },
});
