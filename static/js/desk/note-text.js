// The text of one note: a line of words, links and citations, in an editor of its own.
import {
  Bold,
  Code,
  Document,
  Editor,
  HardBreak,
  History,
  Italic,
  Link,
  Mark,
  Node,
  Paragraph,
  Strike,
  Subscript,
  Superscript,
  Text,
} from "django-prose-editor/editor";
import { IN_NOTES, filled, nameOf, tidy } from "./note-html.js";

const data = (name) => ({
  default: "",
  parseHTML: (element) => element.getAttribute(`data-${name}`) ?? "",
  renderHTML: (attributes) => (attributes[name] ? { [`data-${name}`]: attributes[name] } : {}),
});

const Cite = Node.create({
  name: "cite",
  group: "inline",
  inline: true,
  atom: true,
  draggable: true,
  addAttributes: () => ({ source: data("source"), locator: data("locator") }),
  parseHTML: () => [{ tag: "cite[data-source]" }],
  renderHTML: ({ HTMLAttributes }) => ["cite", HTMLAttributes],
  addNodeView() {
    return ({ node }) => {
      const dom = document.createElement("span");
      dom.className = "cite-chip";
      dom.dir = "auto";
      dom.textContent = nameOf(node.attrs.source) + (node.attrs.locator ? `, ${node.attrs.locator}` : "");
      return { dom };
    };
  },
});

// Words of another language or direction.
const Tongue = Mark.create({
  name: "tongue",
  addAttributes: () => ({ lang: { default: null }, dir: { default: null } }),
  parseHTML: () => [{ tag: "span[lang]" }, { tag: "span[dir]" }],
  renderHTML: ({ HTMLAttributes }) => ["span", HTMLAttributes, 0],
});

export function noteText(element, { html, submit, link, changed, selected }) {
  const keys = {
    Enter: ({ editor }) => editor.commands.setHardBreak(),
    "Mod-Enter": () => submit() ?? true,
    "Mod-k": () => link() ?? true,
  };
  const editor = new Editor({
    element,
    injectCSS: false,
    content: filled("p", html).outerHTML,
    extensions: [
      Document.extend({ content: "paragraph" }),
      Paragraph.extend({ addKeyboardShortcuts: () => keys }),
      ...[Text, Bold, Italic, Strike, Subscript, Superscript, Code, HardBreak, History, Cite, Tongue],
      Link.extend({ addKeyboardShortcuts: () => ({}), addMenuItems: undefined }).configure({
        enableTarget: false,
        protocols: ["http", "https", "mailto"],
      }),
    ],
    editorProps: {
      attributes: { role: "textbox", "aria-label": "Text of the note", "aria-multiline": "true", dir: "auto" },
      // Paragraphs become lines; what a note may not hold goes.
      transformPastedHTML: (pasted) => {
        const { body } = document.implementation.createHTMLDocument("");
        body.innerHTML = pasted;
        for (const block of body.querySelectorAll("p, div, li, h1, h2, h3, h4, h5, h6, tr")) {
          if (block.nextElementSibling) block.append(document.createElement("br"));
        }
        return tidy(body, IN_NOTES).innerHTML;
      },
    },
    onUpdate: () => changed(),
    onSelectionUpdate: () => selected(),
  });
  return editor;
}

// As it is stored: what stands in the one paragraph.
export function written(editor) {
  const html = editor.getHTML();
  return html.slice(html.indexOf(">") + 1, html.lastIndexOf("<"));
}

export function cited(editor) {
  let any = false;
  editor.state.doc.descendants((node) => {
    any ||= node.type.name === "cite";
  });
  return any;
}
