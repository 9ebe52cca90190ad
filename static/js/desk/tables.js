// Tables in ProseMirror as prose.clean stores them: a caption, heads that say what they speak for.
// Their tools are in table-bar.js. Loaded by django-prose-editor; each export is an extension of that
// name.
import { Table as StockTable, TableHeader as StockTableHeader, crel } from "django-prose-editor/editor";
import { words } from "./note-html.js";

// Below the passage in which the caret stands, never through the midst of it.
function insertTable(editor) {
  const { $to } = editor.state.selection;
  const cells = (type) => ({ type: "tableRow", content: Array.from({ length: 3 }, () => ({ type, content: [{ type: "paragraph" }] })) });
  const table = { type: "table", content: ["tableHeader", "tableCell", "tableCell"].map(cells) };
  const empty = $to.depth === 1 && !$to.parent.content.size;
  const place = empty ? { from: $to.before(1), to: $to.after(1) } : $to.after(1);
  const start = empty ? place.from : place;
  editor.chain().insertContentAt(place, table).setTextSelection(start + 4).focus().run();
}

export const TableHeader = StockTableHeader.extend({
  addAttributes() {
    return { ...this.parent?.(), scope: { default: null } };
  },
});

// What the caption says, with its notes as the chips that they are elsewhere.
function written(html) {
  const { body } = document.implementation.createHTMLDocument(""); // runs and loads nothing
  body.innerHTML = html;
  for (const note of body.querySelectorAll("span[data-note]")) {
    const said = words(note.innerHTML);
    note.replaceWith(crel("sup", { className: "note-chip", title: said, role: "img", "aria-label": `Note: ${said}` }));
  }
  return [...body.childNodes].map((node) => document.importNode(node, true));
}

// Cells alone are ProseMirror's: the caption is carried along as an attribute, shown by the node's
// view, written in a dialog (table-caption.js), and put back by storedForm.
export const Table = StockTable.extend({
  addAttributes() {
    return {
      ...this.parent?.(),
      caption: {
        default: "",
        parseHTML: (element) => element.querySelector(":scope > caption")?.innerHTML ?? element.dataset.caption ?? "",
        renderHTML: ({ caption }) => (caption ? { "data-caption": caption } : {}),
      },
    };
  },
  parseHTML() {
    return [...this.parent(), { tag: "caption", ignore: true }];
  },
  addNodeView() {
    const make = this.parent();
    return (given) => {
      const view = make(given);
      const caption = crel("caption", { contentEditable: "false", title: "Change the caption" });
      caption.addEventListener("click", (event) => {
        event.preventDefault();
        if (given.editor.isEditable) given.editor.commands.writeTableCaption(given.getPos());
      });
      let shown;
      const show = ({ attrs }) => {
        if (attrs.caption !== shown) caption.replaceChildren(...written(attrs.caption));
        shown = attrs.caption;
        if (!shown) caption.remove();
        else if (!caption.isConnected) view.table.prepend(caption);
      };
      show(given.node);
      const update = view.update;
      view.update = (node) => update(node) && (show(node), true);
      const ignored = view.ignoreMutation.bind(view);
      view.ignoreMutation = (mutation) => caption.contains(mutation.target) || ignored(mutation);
      return view;
    };
  },
  addCommands() {
    return {
      ...this.parent?.(),
      writeTableCaption: (position) => ({ editor }) => {
        const node = editor.state.doc.nodeAt(position);
        const done = (caption) => {
          const change = editor.state.tr.setNodeMarkup(position, null, { ...node.attrs, caption });
          editor.view.dispatch(change);
        };
        document.dispatchEvent(new CustomEvent("desk:caption", { detail: { editor, html: node.attrs.caption, done } }));
        return true;
      },
    };
  },
  addMenuItems: ({ buttons, menu }) =>
    menu.defineItem({
      name: "table",
      groups: "table",
      button: buttons.material("grid_on", "Insert table"),
      enabled: (editor) => !editor.isActive("picture") && editor.can().insertTable(),
      command: insertTable,
    }),
});
