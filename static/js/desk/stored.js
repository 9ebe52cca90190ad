// The rest of the stored form in ProseMirror: what prose.clean lets through survives load, edit and
// save. Loaded by django-prose-editor; each export is an extension of that name.
import { Code as StockCode, Extension, Mark } from "django-prose-editor/editor";
import { writeAtRest } from "./writing.js";

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

// A pull quote is a quotation that says so: words of the text once more, for the eye.
export const PullQuote = Extension.create({
  name: "pullQuote",
  addGlobalAttributes: () => [
    {
      types: ["blockquote"],
      attributes: {
        pull: {
          default: false,
          parseHTML: (element) => element.hasAttribute("data-pull"),
          renderHTML: ({ pull }) => (pull ? { "data-pull": "" } : {}),
        },
      },
    },
  ],
  addMenuItems: ({ buttons, menu }) =>
    menu.defineItem({
      name: "pullQuote",
      groups: "nodes",
      button: buttons.text("Pull quote", "Pull quote"),
      active: (editor) => editor.isActive("blockquote", { pull: true }),
      command(editor) {
        const chain = editor.chain().focus();
        if (!editor.isActive("blockquote")) chain.toggleBlockquote();
        chain.updateAttributes("blockquote", { pull: !editor.isActive("blockquote", { pull: true }) }).run();
      },
    }),
});

// Words may be code and something else at once.
export const Code = StockCode.extend({ excludes: "" });

// ProseMirror puts a paragraph in every item and cell, and knows no head of a table.
function storedForm(html) {
  const { body } = document.implementation.createHTMLDocument(""); // runs and loads nothing
  body.innerHTML = html;
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
    // A head speaks for its row where other cells stand in it, else for its column.
    for (const cell of table.querySelectorAll("th:not([scope])")) {
      const along = cell.closest("thead, tbody")?.nodeName === "TBODY" && cell.parentElement.querySelector(":scope > td");
      cell.setAttribute("scope", along ? "row" : "col");
    }
  }
  for (const img of body.querySelectorAll("img[data-picture]")) storeFigure(body.ownerDocument, img);
  return body.innerHTML;
}

// The picture by its address, its credit at the end of its caption, and no caption that says nothing.
function storeFigure(inert, img) {
  const figure = img.parentElement;
  const stored = inert.createElement("img");
  stored.setAttribute("src", img.dataset.picture);
  for (const name of ["alt", "width", "height"]) stored.setAttribute(name, img.getAttribute(name));
  img.replaceWith(stored);
  const caption = figure.querySelector("figcaption");
  if (figure.dataset.credit) {
    while (caption.lastChild?.nodeName === "BR") caption.lastChild.remove();
    const credit = inert.createElement("span");
    credit.dataset.credit = "";
    credit.textContent = figure.dataset.credit;
    caption.append(...(caption.childNodes.length ? [" "] : []), credit);
  }
  figure.removeAttribute("data-credit");
  if (!caption.childNodes.length) caption.remove();
}

export const StoredForm = Extension.create({
  name: "storedForm",
  onBeforeCreate() {
    const { editor } = this;
    editor.options.injectCSS = false; // the policy refuses it; desk-editor.css has what it holds
    const written = editor.getHTML.bind(editor);
    editor.getHTML = (...given) => storedForm(written(...given));
  },
  onCreate() {
    const { dom } = this.editor.view;
    dom.setAttribute("aria-label", "Text of the brief");
    dom.setAttribute("role", "textbox");
    dom.setAttribute("aria-multiline", "true");
    writeAtRest(this.editor);
  },
});
