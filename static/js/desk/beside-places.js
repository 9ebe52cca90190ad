// The same place in the editor and in the preview: a click there puts the caret here, and the block
// in which the caret is stands marked there, in sight. Blocks and the lines in them are told by their
// order; those without words, which are not stored, are passed over.
const LINES = "p, h2, h3, h4, li, td, th, figcaption";
const pane = document.getElementById("beside");
const view = pane?.querySelector(".beside-view");
const page = pane?.querySelector(".beside-page");
let editor;
let here = null; // the number of the marked block
let still = false;

const blocksOf = () => [...(page.shadowRoot?.querySelectorAll(".prose > :not([role='doc-endnotes'])") ?? [])];

// A cell or item with paragraphs is no line itself: they are.
function linesOf(block) {
  const holds = (element) => element.matches("li, td, th") && element.firstElementChild?.matches("p");
  return [block, ...block.querySelectorAll(LINES)].filter((element) => element.matches(LINES) && !holds(element));
}

function isEmpty(node) {
  let notes = 0;
  node.descendants((child) => {
    if (child.isAtom && !child.isText && child.type.name !== "hardBreak") notes += 1;
  });
  return node.isTextblock && !notes && !node.textContent.trim();
}

// Those blocks of the editor that are stored, with their positions.
function written() {
  const found = [];
  editor.state.doc.forEach((node, position) => {
    if (!isEmpty(node)) found.push({ node, position });
  });
  return found;
}

function writtenLines({ node, position }) {
  if (node.isTextblock) return [{ node, position }];
  const found = [];
  node.descendants((child, offset, parent) => {
    if (!child.isTextblock) return true;
    if (parent.childCount === 1 || parent.firstChild === child || !isEmpty(child)) found.push({ node: child, position: position + 1 + offset });
    return false;
  });
  return found;
}

// How far into a line the pointer is, as the editor counts: a note or a line break is one.
function offsetAt(line, event) {
  const at = document.caretPositionFromPoint?.(event.clientX, event.clientY, { shadowRoots: [page.shadowRoot] });
  if (!at || !line.contains(at.offsetNode) || at.offsetNode.nodeType !== 3) return 0;
  let count = 0;
  const walk = (node) => {
    if (node === at.offsetNode) {
      count += at.offset;
      return true;
    }
    if (node.nodeType === 3) count += node.length;
    else if (node.nodeName === "BR" || node.querySelector?.(":scope > [role='doc-noteref']")) count += 1;
    else return [...node.childNodes].some(walk);
    return false;
  };
  walk(line);
  return count;
}

// The preview stays where it was clicked; where it lies over the text, it makes way.
function select(position, node) {
  const back = pane.querySelector(".beside-back");
  if (back.getClientRects().length) back.click();
  const chain = editor.chain();
  still = true;
  (node ? chain.setNodeSelection(position) : chain.setTextSelection(position)).focus().scrollIntoView().run();
  still = false;
}

function go(block, target, event) {
  const mine = written()[blocksOf().indexOf(block)];
  if (!mine) return;
  const lines = writtenLines(mine);
  if (!lines.length) {
    select(mine.position, mine.node);
    return;
  }
  const shown = linesOf(block);
  const line = target.closest(LINES);
  const number = shown.length === lines.length ? shown.indexOf(line) : -1;
  const { node, position } = lines[Math.max(0, number)];
  select(position + 1 + (number < 0 ? 0 : Math.min(offsetAt(line, event), node.content.size)));
}

function goToNote(item) {
  const number = [...item.parentElement.children].indexOf(item);
  const places = [];
  editor.state.doc.descendants((node, position) => {
    if (node.type.name === "note") places.push(position);
  });
  if (places[number] !== undefined) select(places[number], true);
}

function mark() {
  if (!editor || pane.hidden || !page.shadowRoot) return;
  const { $from } = editor.state.selection;
  const current = editor.state.doc.maybeChild($from.index(0));
  const number = written().findIndex(({ node, position }) => node === current && position === ($from.depth ? $from.before(1) : $from.pos));
  const block = blocksOf()[number];
  for (const other of page.shadowRoot.querySelectorAll("[data-here]")) if (other !== block) other.removeAttribute("data-here");
  block?.setAttribute("data-here", "");
  if (block && number !== here && !still) bring(block);
  here = number;
}

function meet(ready) {
  if (!ready || editor) return;
  editor = ready;
  editor.on("selectionUpdate", mark);
  editor.on("focus", mark);
}

function bring(block) {
  const [box, frame] = [block.getBoundingClientRect(), view.getBoundingClientRect()];
  const bottom = Math.min(frame.bottom, innerHeight);
  const room = (bottom - frame.top) / 6;
  if (box.top < frame.top || box.height > bottom - frame.top) view.scrollTop += box.top - frame.top - room;
  else if (box.bottom > bottom) view.scrollTop += box.bottom - bottom + room;
}

if (pane) {
  // The editor may have been ready before this was read.
  meet(document.querySelector(".field-body .ProseMirror[contenteditable]")?.editor);
  document.addEventListener("prose-editor:ready", (event) => {
    if (event.detail.textarea.id === "id_body") meet(event.detail.editor);
  });
  pane.addEventListener("beside:shown", () => {
    if (here !== null || editor?.isFocused) mark();
  });
  page.addEventListener("click", (event) => {
    const target = event.composedPath()[0];
    if (!editor || target.closest?.("a") || target.nodeType !== 1) return;
    if (!(page.shadowRoot.getSelection?.() ?? getSelection()).isCollapsed) return;
    const note = target.closest("[role='doc-endnotes'] li");
    const block = blocksOf().find((one) => one.contains(target));
    if (note) goToNote(note);
    else if (block) go(block, target, event);
  });
}
