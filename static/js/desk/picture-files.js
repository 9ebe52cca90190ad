// What comes to pictures in ProseMirror by clipboard and mouse: files, and text for their captions.
// Loaded by django-prose-editor; each export is an extension of that name.
import { Extension, Plugin, pm } from "django-prose-editor/editor";

const { TextSelection } = pm.state;
const { Fragment, Slice } = pm.model;

const files = (transfer) => [...(transfer?.files ?? [])];
const says = (html) => new DOMParser().parseFromString(html ?? "", "text/html").body.textContent.trim();
const inCaption = ({ selection: { $from } }) => $from.parent.type.name === "pictureCaption";

// The words of some blocks as one line.
function line(content, schema) {
  const found = [];
  content.descendants((node) => {
    if (!node.isTextblock) return !node.isAtom;
    if (found.length) found.push(schema.text(" "));
    node.forEach((child) => found.push(child));
    return false;
  });
  return found;
}

// A step that would close a picture, put something after it, and open a second one for the rest.
function parts({ slice }) {
  const [first, last] = [slice?.content.firstChild, slice?.content.lastChild];
  const open = slice && slice.openStart && slice.openEnd && first !== last;
  return open && first?.type.name === "picture" && last.type.name === "picture";
}

export const PictureFiles = Extension.create({
  name: "pictureFiles",
  addProseMirrorPlugins() {
    const { editor } = this;
    return [
      new Plugin({
        filterTransaction: (change) => !change.steps.some(parts),
        props: {
          // Spreadsheets bring a picture of the cells along; then the words are what is wanted.
          handlePaste(view, { clipboardData }, slice) {
            const [file] = files(clipboardData).filter(({ type }) => type.startsWith("image/"));
            if (file && !says(clipboardData.getData("text/html"))) return editor.commands.addPicture(file);
            const { state } = view;
            const words = inCaption(state) && !slice.content.firstChild?.isInline ? line(slice.content, state.schema) : [];
            if (!words.length) return false;
            view.dispatch(state.tr.replaceSelection(new Slice(Fragment.from(words), 0, 0)).scrollIntoView());
            return true;
          },
          handleDrop(view, event, _slice, moved) {
            const [file] = files(event.dataTransfer);
            if (moved || !file) return false;
            event.preventDefault();
            const place = view.posAtCoords({ left: event.clientX, top: event.clientY });
            const { doc, tr } = view.state;
            if (place) view.dispatch(tr.setSelection(TextSelection.near(doc.resolve(place.pos))));
            return editor.commands.addPicture(file);
          },
        },
      }),
    ];
  },
});
