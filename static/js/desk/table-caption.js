// The caption of a table, written in a small editor of its own that knows notes, links and italics as
// the text does. In <body>, outside the form of the brief. Loaded by django-prose-editor.
import { Document, Editor, Extension, Paragraph, crel } from "django-prose-editor/editor";

const WORDS = new Set(
  "text bold italic strike subscript superscript code link hardBreak note tongue undoRedo history".split(" "),
);

const holder = crel("div", { className: "caption-editor" });
const label = crel("p", { className: "help", id: "caption-help", textContent: "Stands above the table. Ctrl+I makes italics; notes stay where they are." });
const buttons = crel("div", { className: "dialog-buttons" }, [
  crel("button", { type: "submit", className: "main", textContent: "Apply" }),
  crel("button", { type: "button", value: "cancel", textContent: "Cancel" }),
]);
const form = crel("form", {}, [crel("h2", { id: "caption-title", textContent: "Caption of the table" }), holder, label, buttons]);
const dialog = crel("dialog", { className: "desk-dialog", "aria-labelledby": "caption-title" }, [form]);
document.body.append(dialog);
let writing;

// One line; Enter takes it.
const OneLine = Extension.create({
  name: "oneLine",
  priority: 1000,
  addKeyboardShortcuts: () => ({
    Enter: () => {
      form.requestSubmit();
      return true;
    },
  }),
});

function line(html) {
  const { body } = document.implementation.createHTMLDocument("");
  body.innerHTML = html;
  return body.querySelector("p")?.innerHTML.trim() ?? "";
}

document.addEventListener("desk:caption", ({ detail: { editor, html, done } }) => {
  const shared = editor.extensionManager.extensions.filter(({ name }) => WORDS.has(name));
  const mini = new Editor({
    element: holder,
    injectCSS: false, // the policy refuses it
    extensions: [Document.extend({ content: "paragraph" }), Paragraph, OneLine, ...shared],
    content: `<p>${html}</p>`,
    editorProps: { attributes: { role: "textbox", "aria-label": "Caption", "aria-describedby": "caption-help", dir: "auto" } },
  });
  writing = { editor, mini, done };
  dialog.showModal();
  mini.commands.setTextSelection(mini.state.doc.content.size - 1);
  mini.view.focus();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const { done, mini } = writing;
  const written = mini.isEmpty ? "" : line(mini.getHTML());
  dialog.close();
  done(written);
});
form.querySelector("[value=cancel]").addEventListener("click", () => dialog.close());
dialog.addEventListener("close", () => {
  writing.mini.destroy();
  holder.replaceChildren();
  writing.editor.view.focus();
});
