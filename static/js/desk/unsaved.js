// Says that there is something to save, and asks before it is left behind. Verbs save first; the
// preview shows what was saved, so the bar says when that is not all.
import { bar, form, onChange } from "./form.js";

const RELEASE = 30000; // milliseconds: somebody who stopped the sending (Esc) may send again
const RENEWED = new Set(["csrfmiddlewaretoken", "attempt"]); // by the desk itself, meanwhile
const save = bar?.querySelector(".save");

if (save) {
  // Widgets fire events while they set themselves up: only what differs from the beginning counts.
  const entries = () => [...new FormData(form)].filter(([name]) => !RENEWED.has(name)).map(([name, value]) => [name, value.name ?? value]);
  const written = () => JSON.stringify(entries());
  const opened = () => JSON.stringify(entries().map(([name, value]) => [name, name === "body" ? form.elements.body.defaultValue : value]));
  const refused = document.querySelector(".errornote") !== null;
  let beginning = opened();
  let dirty = refused;
  let sent = false;
  const show = () => {
    bar.classList.toggle("unsaved", dirty);
    save.textContent = dirty ? "Save changes" : "Save";
  };
  const touch = () => {
    if (dirty || written() === beginning) return;
    dirty = true;
    show();
  };
  addEventListener("load", () => {
    beginning = dirty ? beginning : opened();
    touch();
  });
  onChange(touch);
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
    setTimeout(() => (sent = false), RELEASE);
  });
  addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    if (document.querySelector("dialog[open]")) return; // what is written there is not in the form yet
    form.requestSubmit(save);
  });
  addEventListener("pageshow", () => {
    sent = false;
  });
  addEventListener("beforeunload", (event) => {
    if (dirty && !sent) event.preventDefault();
  });
  show();
  if (refused) form.querySelector('[aria-invalid="true"]:not([type="hidden"])')?.focus();
}
