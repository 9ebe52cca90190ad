// The tools of the text by the names that editors know from Word, with their keys.
import { theEditor } from "./editor.js";

const NAMES = {
  paragraph: "Body text",
  heading2: "Heading",
  heading3: "Subheading",
  heading4: "Minor heading",
  bulletList: "Bulleted list (Ctrl+Shift+8)",
  orderedList: "Numbered list (Ctrl+Shift+7)",
  blockquote: "Quotation (Ctrl+Shift+B)",
  horizontalRule: "Line across the text",
  bold: "Bold (Ctrl+B)",
  italic: "Italic (Ctrl+I)",
  strike: "Strikethrough (Ctrl+Shift+S)",
  subscript: "Subscript (Ctrl+,)",
  superscript: "Superscript (Ctrl+.)",
  link: "Link (Ctrl+K)",
  unlink: "Remove link",
  "history:undo": "Undo (Ctrl+Z)",
  "history:redo": "Redo (Ctrl+Y)",
};

theEditor.then((editor) => {
  for (const button of editor.view.dom.parentElement.querySelectorAll(".prose-menubar [data-name]")) {
    const name = NAMES[button.dataset.name];
    if (!name) continue;
    if (button.classList.contains("prose-menubar__option")) button.firstElementChild.textContent = name.split(" (")[0];
    else {
      button.title = name;
      button.setAttribute("aria-label", name);
    }
  }
});
