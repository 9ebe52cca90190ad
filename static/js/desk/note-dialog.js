// The dialog in which a note is written: beside its place in the text, closed without loss.
import { crel, pm } from "django-prose-editor/editor";
import { Refused } from "./asking.js";
import { filled, notesOf, stored } from "./note-html.js";
import { Place } from "./note-place.js";
import { printed } from "./note-printing.js";
import { sourceFinder } from "./note-sources.js";
import { stand } from "./note-standing.js";
import { cited, noteText, written } from "./note-text.js";

const { closeHistory } = pm.history; // each act on a note is undone by itself
const WAIT = 250; // milliseconds after the last letter, before the note is printed anew

const button = (text, act, className = "") => {
  const made = crel("button", { type: "button", textContent: text, className });
  made.addEventListener("click", act);
  return made;
};

// Opens the note at `position`, else the one that is selected, else a new one behind the caret.
export function openNote(editor, position = null) {
  if (document.querySelector("dialog.note-dialog")) return true;
  const { selection } = editor.state;
  const at = position ?? (editor.isActive("note") ? selection.from : selection.to);
  const node = editor.state.doc.nodeAt(at);
  const note = node?.type.name === "note" && (position !== null || editor.isActive("note")) ? node : null;
  if (note || editor.isEditable) new NoteDialog(editor, at, note).open();
  return true;
}

class NoteDialog {
  constructor(editor, at, note) {
    Object.assign(this, { editor, at, note });
    const { dataset } = document.getElementById("notes-below");
    this.urls = dataset;
    this.number = notesOf(editor.state.doc).filter(({ position }) => position < at).length + 1;
    this.finder = sourceFinder({
      urls: dataset,
      use: (html) => this.insert(html),
      replace: (html) => this.text.commands.setContent(filled("p", html).outerHTML, { emitUpdate: true }),
      said: (sentence) => this.say(sentence),
    });
    this.build();
  }

  build() {
    const title = crel("h2", { id: "note-title", textContent: this.note ? `Note ${this.number}` : `New note ${this.number}` });
    this.holder = crel("div", { className: "note-text" });
    this.tools = crel("p", { className: "note-tools" }, [
      button("Italic", () => this.text.chain().focus().toggleItalic().run(), "italic"),
      button("Link", () => this.place.askLink()),
      (this.reading = button("Make sources of this text", () => this.finder.read({ note: written(this.text) }))),
    ]);
    this.said = crel("p", { className: "note-said", role: "status" });
    this.shown = crel("p", { className: "note-printed", dir: "auto" });
    this.feet = crel("p", { className: "acts" }, [
      button(this.note ? "Done" : "Insert note", () => this.finish(), "default"),
      button("Cancel", () => this.cancel()),
      ...(this.note ? [button("Delete note", () => this.remove(), "grave")] : []),
    ]);
    this.dialog = crel("dialog", { className: "note-dialog", "aria-labelledby": "note-title" }, [title, this.holder, this.tools, this.finder.element, this.said, this.shown, this.feet]);
    // The editor inside keeps the key to itself, so that the browser never hears of it.
    this.dialog.addEventListener("cancel", (event) => event.preventDefault());
    this.dialog.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.cancel();
      // Who saves the brief means the note, too: it is put into the text, and the key goes on its way.
      if (event.key.toLowerCase() === "s" && (event.ctrlKey || event.metaKey) && !event.altKey) this.finish();
    });
  }

  open() {
    document.body.append(this.dialog);
    this.text = noteText(this.holder, {
      html: this.note ? stored(this.note.attrs) : "",
      submit: () => this.finish(),
      link: () => this.place.askLink(),
      changed: () => this.changed(),
      selected: () => this.place?.follow(),
    });
    this.place = new Place(this.text, { change: this.urls.change, finish: () => this.finish() });
    this.tools.after(this.place.element);
    this.before = written(this.text);
    this.dialog.showModal();
    this.leaving = (event) => this.isWritten() && event.preventDefault();
    addEventListener("beforeunload", this.leaving);
    this.growing = new ResizeObserver(() => stand(this.dialog, this.editor.view.coordsAtPos(this.at)));
    this.growing.observe(this.dialog);
    this.text.commands.setTextSelection(this.text.state.doc.content.size);
    this.text.view.focus();
    this.changed();
  }

  say(sentence) {
    this.said.textContent = sentence;
  }

  insert(html) {
    const { to } = this.text.state.selection;
    const { nodeBefore } = this.text.state.doc.resolve(to);
    const parted = nodeBefore?.type.name === "cite" ? "; " : /[\p{L}\p{N}.,;:]$/u.test(nodeBefore?.text ?? "") ? " " : "";
    this.text.chain().insertContentAt(to, parted + html).run();
    this.text.state.doc.nodesBetween(to, this.text.state.selection.to, (node, position) => {
      if (node.type.name === "cite") this.text.commands.setNodeSelection(position);
    });
    this.place.follow();
    this.place.element.querySelector("input")?.focus();
  }

  changed() {
    this.reading.hidden = this.text.isEmpty || cited(this.text);
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.print(), WAIT);
  }

  async print() {
    const html = written(this.text);
    if (!html) {
      this.shown.replaceChildren();
      return;
    }
    const all = notesOf(this.editor.state.doc).map((note) => note.html);
    all.splice(this.number - 1, this.note ? 1 : 0, html);
    try {
      const lines = await printed(this.urls.notes, all);
      if (written(this.text) !== html) return;
      this.shown.replaceChildren(crel("span", { className: "quiet", textContent: `As printed: ${this.number}. ` }), filled("span", lines[this.number - 1]));
      this.say("");
    } catch (error) {
      if (error instanceof Refused) this.say(error.message);
    }
  }

  isWritten() {
    return written(this.text) !== this.before || this.finder.isBusy();
  }

  finish() {
    if (this.finder.isBusy()) {
      this.say(this.finder.isConfirming() ? "Cite the source or go back first." : "You have typed a source but not chosen one.");
      this.finder.focus();
      return;
    }
    const html = written(this.text);
    if (!html.replace(/<(?!cite)[^>]*>|&nbsp;|\s/g, "")) {
      if (this.note) this.remove();
      else this.close(this.at);
      return;
    }
    const { tr, schema } = this.editor.state;
    if (!this.note) tr.insert(this.at, schema.nodes.note.create({ html }));
    else if (html !== this.before) tr.setNodeMarkup(this.at, null, { ...this.note.attrs, html, lang: null, dir: null });
    if (tr.docChanged) this.editor.view.dispatch(closeHistory(tr.scrollIntoView()));
    this.close(this.at + 1);
  }

  remove() {
    this.editor.view.dispatch(closeHistory(this.editor.state.tr.delete(this.at, this.at + 1)));
    this.close(this.at);
  }

  // What was written is not thrown away by a key.
  cancel() {
    if (this.finder.isConfirming()) {
      this.finder.back();
      return;
    }
    if (!this.isWritten()) {
      this.close(this.note ? this.at + 1 : this.at);
      return;
    }
    if (this.stay) {
      this.stay.click();
      return;
    }
    const before = [...this.feet.children];
    const leave = button("Discard", () => this.close(this.note ? this.at + 1 : this.at), "grave");
    this.stay = button("Go on writing", () => {
      this.stay = null;
      this.feet.replaceChildren(...before);
      this.text.view.focus();
    });
    this.feet.replaceChildren("Discard what you wrote here? ", this.stay, leave);
    this.stay.focus();
  }

  close(position) {
    clearTimeout(this.waiting);
    this.growing.disconnect();
    removeEventListener("beforeunload", this.leaving);
    this.dialog.close();
    this.text.destroy();
    this.dialog.remove();
    this.editor.commands.setTextSelection(position);
    this.editor.view.focus();
  }
}
