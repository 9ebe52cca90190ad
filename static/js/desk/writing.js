// When the text is written into its field.
const REST = 100; // milliseconds without a letter, and at the latest:
const LATEST = 500;

// To write a long text down takes longer than a letter should. So it is written into its field in a
// moment of rest, and before anybody reads the form.
export function writeAtRest(editor) {
  const field = editor.view.dom.closest(".prose-editor").querySelector("textarea");
  let since = 0;
  let timer = 0;
  const write = () => {
    clearTimeout(timer);
    since = 0;
    const html = editor.getHTML();
    field.value = html === "<p></p>" ? "" : html;
  };
  editor.off("update", editor.options.onUpdate);
  editor.on("update", () => {
    since ||= performance.now();
    clearTimeout(timer);
    timer = setTimeout(() => {
      write();
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }, Math.max(0, Math.min(REST, since + LATEST - performance.now())));
  });
  field.form?.addEventListener("formdata", ({ formData }) => {
    if (since) write();
    formData.set(field.name, field.value);
  });
}
