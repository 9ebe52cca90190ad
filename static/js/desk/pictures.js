// Pictures in ProseMirror: a figure with its caption, which is text like any other. What a picture is
// and says is asked by picture-dialog.js. Loaded by django-prose-editor; each export is an extension
// of that name.
import { Node, crel, pm } from "django-prose-editor/editor";

const { NodeSelection, TextSelection } = pm.state;
const OWN = /^images\/([0-9a-f]{2})\/\1[0-9a-f]{62}\.(jpg|png)$/;
const SMALL = 640; // pixels, of the rendition that the desk shows
const RETRY = 2000; // milliseconds, once, after a picture did not come
const SHOWN = ["src", "alt", "width", "height"];

// The stored attributes of a figure or an img that shows a picture of ours, else false.
function shown(element) {
  const img = element.matches("img") ? element : element.querySelector("img");
  const src = img?.dataset.picture ?? img?.getAttribute("src") ?? "";
  if (!OWN.test(src)) return false;
  const credit = element.dataset.credit ?? element.querySelector("[data-credit]")?.textContent ?? "";
  const [alt, width, height] = SHOWN.slice(1).map((name) => img.getAttribute(name) ?? "");
  return { src, alt, width, height, credit: credit.trim() };
}

function address(base, { src, width }) {
  const name = src.slice(src.lastIndexOf("/") + 1);
  return base + (width > SMALL ? name.replace(".", `-${SMALL}.`) : name);
}

// Opens the dialog; `done` gets what was said, and the caption of a new picture.
const ask = (detail) => document.dispatchEvent(new CustomEvent("desk:picture", { detail }));

function add(editor, options, file) {
  const done = (attributes, caption) => {
    const { state } = editor;
    const { picture, pictureCaption } = state.schema.nodes;
    const node = picture.create(attributes, pictureCaption.create(null, caption ? state.schema.text(caption) : null));
    const { $from, $to, empty } = state.selection;
    const change = state.tr;
    let at = $to.pos;
    for (let depth = $to.depth; depth > 0; depth -= 1) {
      const index = $to.indexAfter(depth - 1);
      at = $to.after(depth);
      if ($to.node(depth - 1).canReplaceWith(index, index, picture)) break;
    }
    // An empty line is what the picture was wanted for.
    if (empty && $from.parent.type.name === "paragraph" && !$from.parent.content.size) {
      const first = $from.before();
      const index = $from.index(-1);
      if ($from.node(-1).canReplaceWith(index, index + 1, picture)) {
        change.delete(first, $from.after());
        at = first;
      }
    }
    change.insert(at, node);
    change.setSelection(TextSelection.create(change.doc, at + 2 + node.firstChild.content.size));
    editor.view.dispatch(change.scrollIntoView());
  };
  ask({ editor, options, file, done });
}

function edit(editor, options, position) {
  const node = editor.state.doc.nodeAt(position);
  const done = (attributes) => {
    const change = editor.state.tr.setNodeMarkup(position, null, attributes);
    editor.view.dispatch(change.setSelection(NodeSelection.create(change.doc, position)));
  };
  ask({ editor, options, attributes: node.attrs, thumbnail: address(options.show, node.attrs), done });
}

// Where the picture stands that is selected, or in whose caption the caret is; else -1.
function current({ selection }) {
  if (selection.node?.type.name === "picture") return selection.from;
  const { $from } = selection;
  return $from.parent.type.name === "pictureCaption" ? $from.before($from.depth - 1) : -1;
}

const select = (editor) => {
  const position = current(editor.state);
  return position >= 0 && editor.commands.setNodeSelection(position);
};

export const PictureCaption = Node.create({
  name: "pictureCaption",
  content: "inline*",
  selectable: false,
  defining: true,
  parseHTML: () => [
    { tag: "figcaption", context: "picture/" },
    { tag: "span[data-credit]", context: "pictureCaption/", ignore: true },
  ],
  renderHTML: () => ["figcaption", 0],
});

export const Picture = Node.create({
  name: "picture",
  group: "block",
  content: "pictureCaption",
  isolating: true,
  draggable: true,
  addOptions: () => ({ upload: "", show: "", maxBytes: 0 }),
  addAttributes: () => Object.fromEntries([...SHOWN, "credit"].map((name) => [name, { default: "", rendered: false }])),
  parseHTML: () => [
    { tag: "figure", priority: 60, getAttrs: shown },
    { tag: "img:not(figure *)", priority: 60, getAttrs: shown },
  ],
  // Without `src`, which would be fetched from beside this page; storedForm puts it there.
  renderHTML: ({ node }) => {
    const { src, alt, width, height, credit } = node.attrs;
    const dom = document.createElement("figure");
    if (credit) dom.dataset.credit = credit;
    const img = dom.appendChild(document.createElement("img"));
    for (const [name, value] of Object.entries({ "data-picture": src, alt, width, height })) img.setAttribute(name, value);
    return { dom, contentDOM: dom };
  },
  addNodeView() {
    return ({ node, editor, getPos }) => {
      const img = crel("img", { draggable: false });
      const frame = crel("div", { className: "picture-frame", contentEditable: "false", title: "Change the picture, its alternative text or credit" }, [img]);
      const contentDOM = crel("div", { className: "picture-caption" });
      const credit = crel("p", { className: "picture-credit", contentEditable: "false" });
      const dom = crel("figure", { className: "picture" }, [frame, contentDOM, credit]);
      const show = ({ attrs }) => {
        const source = address(this.options.show, attrs);
        if (img.getAttribute("src")?.split("?")[0] !== source) img.src = source;
        for (const name of SHOWN.slice(1)) img.setAttribute(name, attrs[name]);
        credit.textContent = attrs.credit;
        credit.hidden = !attrs.credit;
      };
      img.addEventListener("error", () => {
        frame.classList.add("missing");
        if (!img.src.includes("?")) setTimeout(() => (img.src += "?again"), RETRY);
      });
      img.addEventListener("load", () => frame.classList.remove("missing"));
      frame.addEventListener("click", () => editor.isEditable && edit(editor, this.options, getPos()));
      show(node);
      const update = (changed) => changed.type.name === "picture" && (show(changed), true);
      const ignoreMutation = ({ type, target }) => type !== "selection" && !contentDOM.contains(target);
      return { dom, contentDOM, update, ignoreMutation };
    };
  },
  addCommands() {
    return {
      addPicture: (file) => ({ editor }) => {
        add(editor, this.options, file);
        return true;
      },
    };
  },
  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: "picture",
      groups: "nodes",
      button: buttons.material("image", "Picture"),
      active: ({ state }) => current(state) >= 0,
      command: (editor) => {
        const position = current(editor.state);
        if (position < 0) add(editor, this.options);
        else edit(editor, this.options, position);
      },
    });
  },
  // In the caption, Enter leaves it; upwards lies the picture itself, on which Enter asks.
  addKeyboardShortcuts() {
    const at = (edge) => ({ editor }) => {
      const { empty, $from } = editor.state.selection;
      if (!empty || $from.parent.type.name !== "pictureCaption") return false;
      return edge(editor.view, $from) && select(editor);
    };
    return {
      Enter: ({ editor }) => {
        const { state } = editor;
        const position = current(state);
        if (position < 0) return false;
        if (state.selection.node) edit(editor, this.options, position);
        else {
          const after = position + state.doc.nodeAt(position).nodeSize;
          editor.chain().insertContentAt(after, { type: "paragraph" }).setTextSelection(after + 1).run();
        }
        return true;
      },
      Backspace: at((_view, $from) => $from.parentOffset === 0),
      ArrowUp: at((view) => view.endOfTextblock("up")),
      ArrowDown: ({ editor }) => {
        const { node, from } = editor.state.selection;
        return node?.type.name === "picture" && editor.commands.setTextSelection(from + 2);
      },
    };
  },
});
