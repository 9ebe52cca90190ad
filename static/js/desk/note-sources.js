// Finding a source, or making one of what is typed or pasted.
import { crel } from "django-prose-editor/editor";
import { Refused, ask } from "./asking.js";
import { learn } from "./note-html.js";

const WAIT = 150; // milliseconds after the last letter
const RECORD = /^\s*(@\w+\s*[{(]|TY {2}-|[[{]\s*["{]|https?:\/\/\S+\s*$|10\.\d{4,9}\/\S+\s*$)/;
const LONG = 60; // characters: longer than anybody searches, so a reference

// `urls` are the desk's addresses; `use(html)` puts a citation into the note. Gives the element, and
// `read(fields)`, which shows what was given as sources to confirm.
export function sourceFinder({ urls, use, said, replace }) {
  const list = crel("ul", { id: "found-sources", className: "found", role: "listbox", "aria-label": "Sources" });
  const field = crel("input", { id: "find-source", type: "search", autocomplete: "off", spellcheck: false, role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list", "aria-describedby": "find-source-help" });
  const help = crel("p", { id: "find-source-help", className: "help", textContent: "Author, title, outlet or address. Or paste a whole reference, BibTeX, RIS or CSL-JSON." });
  const search = crel("div", { className: "finding" }, [crel("label", { htmlFor: field.id, textContent: "Cite a source" }), field, list, help]);
  const confirm = crel("div", { className: "confirming", hidden: true });
  const element = crel("div", { className: "finder" }, [search, confirm]);
  let waiting, asking, whole = false;

  const clear = () => {
    clearTimeout(waiting);
    asking?.abort();
    list.replaceChildren();
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const failed = (error) => {
    if (error instanceof Refused) said(error.message);
    else if (error.name !== "AbortError") throw error;
  };
  const option = (label, where, choose) => {
    const row = crel("li", { id: `found-${list.children.length}`, role: "option", "aria-selected": "false" }, [crel("span", { textContent: label, dir: "auto" })]);
    if (where) row.append(crel("span", { className: "quiet", textContent: where, dir: "auto" }));
    row.addEventListener("mousedown", (event) => event.preventDefault());
    row.addEventListener("click", choose);
    list.append(row);
  };
  const show = (results, text) => {
    list.replaceChildren();
    for (const { id, label, where } of results) {
      option(label, where, () => {
        learn({ [id]: label });
        field.value = "";
        clear();
        use(`<cite data-source="${id}"></cite>`);
      });
    }
    if (text) option(results.length ? "None of these: a new source" : `Nothing found. Make a new source of “${text}”`, "", () => read({ text }));
    field.setAttribute("aria-expanded", String(list.children.length > 0));
    mark(0);
  };
  const find = async () => {
    asking?.abort();
    asking = new AbortController();
    const text = field.value.trim();
    try {
      const { content } = await ask(`${urls.find}?q=${encodeURIComponent(text)}`, { signal: asking.signal });
      show(content.results, text);
    } catch (error) {
      failed(error);
    }
  };
  const mark = (place) => {
    const rows = [...list.children];
    for (const [number, row] of rows.entries()) row.setAttribute("aria-selected", String(number === place));
    const row = rows[place];
    if (row) field.setAttribute("aria-activedescendant", row.id);
    row?.scrollIntoView({ block: "nearest" });
  };

  // Of the whole note so far, or of something pasted.
  const read = async (fields) => {
    clear();
    whole = "note" in fields;
    said("Reading…");
    try {
      const { content } = await ask(urls.read, { fields });
      said("");
      field.value = "";
      confirmed(content);
    } catch (error) {
      failed(error);
    }
  };
  const confirmed = (html) => {
    const { body } = document.implementation.createHTMLDocument("");
    body.innerHTML = html;
    confirm.replaceChildren(document.importNode(body.querySelector("form"), true));
    confirm.hidden = false;
    search.hidden = true;
    const form = confirm.firstElementChild;
    form.querySelector("[data-back]").addEventListener("click", back);
    form.addEventListener("submit", make);
    form.addEventListener("change", () => fold(form));
    fold(form);
    (form.querySelector(".errors input, .errors textarea") ?? [...form.querySelectorAll("input:checked, textarea, .field input")].find((input) => input.type === "radio" || !input.value) ?? form.querySelector("[type=submit]")).focus();
  };
  // The fields of a new source are there only where one is to be made.
  const fold = (form) => {
    for (const candidate of form.querySelectorAll(".candidate")) {
      const chosen = candidate.querySelector("[type=radio]:checked");
      candidate.querySelector(".fields").hidden = Boolean(chosen) && chosen.value !== "new";
    }
  };
  const make = async (event) => {
    event.preventDefault();
    try {
      const { ok, content } = await ask(urls.make, { fields: new FormData(event.target) });
      if (!ok) {
        confirmed(content);
        return;
      }
      learn(content.names);
      back();
      (whole ? replace : use)(content.html);
    } catch (error) {
      failed(error);
    }
  };
  const back = () => {
    said("");
    confirm.replaceChildren();
    confirm.hidden = true;
    search.hidden = false;
    field.focus();
  };

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    if (field.value.trim()) waiting = setTimeout(find, WAIT);
    else clear();
  });
  field.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain").trim();
    if (!RECORD.test(text) && text.length < LONG) return;
    event.preventDefault();
    read({ text });
  });
  field.addEventListener("keydown", (event) => {
    const place = [...list.children].findIndex((row) => row.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" && !list.children.length) find();
    else if (event.key === "ArrowDown") mark(Math.min(place + 1, list.children.length - 1));
    else if (event.key === "ArrowUp") mark(Math.max(place - 1, 0));
    else if (event.key === "Enter" && place >= 0) list.children[place].click();
    else if (event.key === "Enter" && field.value.trim()) find();
    else if (event.key === "Escape" && list.children.length) {
      clear();
      event.stopPropagation();
    } else return;
    event.preventDefault();
  });
  const isConfirming = () => !confirm.hidden;
  const isBusy = () => isConfirming() || field.value.trim() !== "";
  const focus = () => (isConfirming() ? confirm.querySelector("input:not([type=hidden]), textarea") : field).focus();
  return { element, read, back, isConfirming, isBusy, focus };
}
