// Below the text: its notes in their order, as they will be printed. A click on one opens it where it
// is called.
import { crel } from "django-prose-editor/editor";
import { Refused } from "./asking.js";
import { theEditor } from "./editor.js";
import { openNote } from "./note-dialog.js";
import { filled, notesOf, words } from "./note-html.js";
import { printed } from "./note-printing.js";

const WAIT = 300; // milliseconds after the last change
const below = document.getElementById("notes-below");
const list = below?.querySelector("ol");
const said = below?.querySelector("[role=status]");
const count = below?.querySelector(".count");

let editor, waiting;
let shown = "";

function rows(notes) {
  const kept = new Map([...list.children].map((row) => [row.dataset.note, row]));
  return notes.map(({ html }, index) => {
    const row = kept.get(html) ?? row_of(html);
    kept.delete(html);
    row.firstChild.setAttribute("aria-label", `Open note ${index + 1}`);
    row.firstChild.textContent = index + 1;
    return row;
  });
}

function row_of(html) {
  const number = crel("button", { type: "button", className: "number" });
  const text = crel("span", { className: "words", dir: "auto", textContent: words(html) });
  const row = crel("li", { "data-note": html }, [number, text]);
  row.addEventListener("click", (event) => {
    if (event.target.closest("a") || getSelection().toString()) return;
    const note = notesOf(editor.state.doc)[[...list.children].indexOf(row)];
    editor.chain().setNodeSelection(note.position).scrollIntoView().run();
    if (note.node.type.name === "table") editor.commands.writeTableCaption(note.position);
    else openNote(editor, note.position);
  });
  return row;
}

async function print(notes) {
  const asked = shown;
  try {
    const lines = await printed(below.dataset.notes, notes.map(({ html }) => html));
    if (asked !== shown) return;
    said.textContent = "";
    for (const [index, row] of [...list.children].entries()) {
      row.lastChild.replaceChildren(filled("span", lines[index]));
      for (const link of row.querySelectorAll("a")) link.target = "_blank";
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    said.textContent = error.message;
  }
}

function follow() {
  const notes = notesOf(editor.state.doc);
  const now = JSON.stringify([document.getElementById("id_language")?.value, notes.map(({ html }) => html)]);
  if (now === shown) return;
  shown = now;
  list.replaceChildren(...rows(notes));
  count.textContent = notes.length || "";
  below.classList.toggle("without", !notes.length);
  print(notes);
}

function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(follow, WAIT);
}

if (below) {
  theEditor.then((ready) => {
    editor = ready;
    below.hidden = false;
    editor.on("update", soon);
    document.getElementById("id_language")?.addEventListener("change", soon);
    follow();
  });
}
