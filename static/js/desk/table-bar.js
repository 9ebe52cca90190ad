// The tools of a table, in a bar that hangs below the one in which the caret is. Alt+F10 leads to it,
// the arrows through it, Escape back to the text. Loaded by django-prose-editor.
import { Extension, crel } from "django-prose-editor/editor";

const GAP = 4; // pixels

// Position and node of the table around the caret.
function around({ selection: { $from } }) {
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    if ($from.node(depth).type.name === "table") return { position: $from.before(depth), node: $from.node(depth) };
  }
  return null;
}

const isHead = (cell) => cell.type.name === "tableHeader";
const cells = (row) => [...Array(row.childCount).keys()].map((place) => row.child(place));
const rowIsHead = ({ node }) => cells(node.firstChild).every(isHead);
const columnIsHead = ({ node }) => cells(node).every((row) => isHead(row.firstChild));

const TOOLS = [
  [
    ["Row above", "addRowBefore"],
    ["Row below", "addRowAfter"],
    ["Delete row", "deleteRow"],
  ],
  [
    ["Column before", "addColumnBefore"],
    ["Column after", "addColumnAfter"],
    ["Delete column", "deleteColumn"],
  ],
  [
    ["Header row", "toggleHeaderRow", rowIsHead],
    ["Header column", "toggleHeaderColumn", columnIsHead],
  ],
  [
    ["Caption…", "writeTableCaption"],
    ["Delete table", "deleteTable"],
  ],
];

function make(editor) {
  const bar = crel("div", { className: "table-bar", role: "toolbar", "aria-label": "Table" });
  const states = [];
  for (const group of TOOLS) {
    const made = group.map(([label, command, pressed]) => {
      const button = crel("button", { type: "button", tabIndex: -1, textContent: label });
      button.addEventListener("click", () => {
        const table = around(editor.state);
        if (command === "writeTableCaption") editor.commands.writeTableCaption(table.position);
        else editor.chain().focus()[command]().run();
      });
      if (pressed) states.push((table) => button.setAttribute("aria-pressed", String(pressed(table))));
      return button;
    });
    bar.append(crel("div", { className: "table-bar-group" }, made));
  }
  const buttons = [...bar.querySelectorAll("button")];
  buttons[0].tabIndex = 0;
  const go = (place) => {
    const next = buttons.at(place % buttons.length);
    for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
    next.focus();
  };
  bar.addEventListener("mousedown", (event) => event.preventDefault()); // the caret stays
  bar.addEventListener("keydown", (event) => {
    const here = buttons.indexOf(document.activeElement);
    const to = { ArrowRight: here + 1, ArrowDown: here + 1, ArrowLeft: here - 1, ArrowUp: here - 1, Home: 0, End: -1 }[event.key];
    if (event.key === "Escape") editor.view.focus();
    else if (to === undefined) return;
    else go(to);
    event.preventDefault();
  });
  const focus = () => go(Math.max(0, buttons.findIndex((button) => button.tabIndex === 0)));
  return { bar, focus, tell: (table) => states.forEach((state) => state(table)) };
}

export const TableBar = Extension.create({
  name: "tableBar",
  addStorage: () => ({ focus: null, stop: null }),
  onCreate() {
    const { editor, storage } = this;
    const holder = editor.view.dom.parentElement;
    const { bar, focus, tell } = make(editor);
    // Below the table, above where there is no room for it, else at the foot of the window.
    const place = () => {
      const table = around(editor.state);
      bar.classList.toggle("shown", table !== null && editor.isEditable);
      const dom = table && editor.view.nodeDOM(table.position);
      if (!dom) return;
      tell(table);
      const { top, bottom } = dom.getBoundingClientRect();
      const height = bar.offsetHeight + GAP;
      const foot = innerHeight - height;
      const at = bottom + GAP <= foot ? bottom + GAP : top - height > 0 ? top - height : foot;
      bar.style.insetBlockStart = `${Math.round(at - holder.getBoundingClientRect().top)}px`;
    };
    holder.append(bar);
    storage.focus = () => around(editor.state) !== null && (focus(), true);
    editor.on("transaction", place);
    addEventListener("scroll", place, { passive: true });
    addEventListener("resize", place);
    storage.stop = () => {
      bar.remove();
      removeEventListener("scroll", place);
      removeEventListener("resize", place);
    };
    holder.addEventListener("focusin", place);
  },
  onDestroy() {
    this.storage.stop?.();
  },
  addKeyboardShortcuts() {
    return { "Alt-F10": () => this.storage.focus?.() ?? false };
  },
});
