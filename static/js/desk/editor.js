// The editor of the brief's text, whichever of the two is there first: it, or who asks.
const there = () => document.querySelector(".prose-editor .ProseMirror[contenteditable]")?.editor;

export const theEditor = new Promise((found) => {
  if (there()) found(there());
  else document.addEventListener("prose-editor:ready", (event) => found(event.detail.editor), { once: true });
});
