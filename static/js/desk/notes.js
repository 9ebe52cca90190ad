// Notes in ProseMirror, and what else is kept in one piece, as prose.clean stores it. Loaded by
// django-prose-editor; each export is an extension of that name.
import { Node, Plugin } from "django-prose-editor/editor";
import { openNote } from "./note-dialog.js";
import { IN_NOTES, filled, learn, learnt, tidy, words } from "./note-html.js";

const IN_KEPT = { ...IN_NOTES, SPAN: ["lang", "dir", "data-note", "data-credit"], P: [], UL: [], OL: ["start"], LI: [], FIGURE: [], FIGCAPTION: [], BLOCKQUOTE: [], TABLE: [], CAPTION: [], THEAD: [], TBODY: [], TR: [], TH: ["scope", "colspan", "rowspan"], TD: ["colspan", "rowspan"], H2: [], H3: [], H4: [], HR: [] };

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
  onBeforeCreate() {
    learn(this.options.sources);
  },
  addNodeView() {
    return ({ node, editor, getPos }) => {
      const dom = document.createElement("sup");
      dom.className = "note-chip";
      dom.setAttribute("role", "img");
      let shown = node;
      const show = () => {
        dom.title = words(shown.attrs.html) || "Empty note";
        dom.setAttribute("aria-label", `Note: ${dom.title}`);
      };
      show();
      learnt.addEventListener("names", show);
      dom.addEventListener("click", () => openNote(editor, getPos()));
      return {
        dom,
        update(after) {
          if (after.type.name !== "note") return false;
          shown = after;
          show();
          return true;
        },
        destroy: () => learnt.removeEventListener("names", show),
      };
    };
  },
  addMenuItems: ({ buttons, menu }) =>
    menu.defineItem({
      name: "note",
      groups: "link",
      button: buttons.text("Footnote", "Footnote (Ctrl+Alt+F)"),
      active: (editor) => editor.isActive("note"),
      command: (editor) => openNote(editor),
    }),
  addKeyboardShortcuts() {
    const { editor } = this;
    return {
      Enter: () => editor.isActive("note") && openNote(editor),
    };
  },
  // A note is never inside a link.
  addProseMirrorPlugins() {
    const { editor } = this;
    return [
      new Plugin({
        props: {
          // Word's key. With AltGr it is a letter of many keyboards.
          handleKeyDown(_view, event) {
            const asked = event.code === "KeyF" && event.altKey && (event.ctrlKey || event.metaKey) && !event.shiftKey;
            return asked && !event.getModifierState("AltGraph") && openNote(editor);
          },
        },
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
