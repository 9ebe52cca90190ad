// The form of a brief, as its scripts share it: what is written in it, and how it is filled again.
export const form = document.getElementById("brief_form");
export const bar = form?.querySelector(".stage-bar");
export const writable = Boolean(bar?.querySelector(".save")); // a brief that is only read has no button
export const page = JSON.parse(document.getElementById("keeping")?.textContent ?? "null");

const SECRET = new Set(["csrfmiddlewaretoken", "_stay", "_close", "_verb", "over", "uploaded", "attempt"]);
const EDITOR = ".ProseMirror[contenteditable]";

// The server's clock, as far as this browser can tell.
const arrival = performance.timeOrigin + (performance.getEntriesByType("navigation")[0]?.responseStart ?? 0);
export const now = () => Date.now() + (page.now - arrival);

// As the desk writes it, by the institute's clock.
export function told(at, date = { day: "numeric", month: "short", year: "numeric" }) {
  const options = { timeZone: page.zone, ...date, hour: "2-digit", minute: "2-digit" };
  return new Date(at).toLocaleString("en-GB", options).replace("Sept", "Sep");
}

export const named = () => crypto.randomUUID?.() ?? `${Date.now()}-${String(Math.random()).slice(2)}`;

// Every field as [name, value, the words shown for it]; never files and tokens.
export function written() {
  const fields = [];
  for (const [name, value] of new FormData(form)) {
    if (SECRET.has(name) || name.includes("__prefix__") || typeof value !== "string") continue;
    const field = form.elements[name];
    fields.push([name, value.replaceAll("\r\n", "\n"), field?.selectedOptions?.[0]?.text ?? ""]);
  }
  return fields;
}

// The same as the page brought it: what is typed into the text while pictures and faces are still on
// their way is news.
export function opened() {
  const brought = form.elements.body?.defaultValue.replaceAll("\r\n", "\n");
  return written().map(([name, value, label]) => [name, name === "body" ? brought : value, label]);
}

// What of it is text of the brief: two of these are alike where nothing differs that could be saved.
export const text = (fields) => JSON.stringify(fields.filter(([name]) => name !== "seen").map(([name, value]) => [name, value]));

export function onChange(act) {
  form.addEventListener("input", act);
  form.addEventListener("change", act);
  window.django?.jQuery(form).on("change", "select", act); // select2 fires jQuery's events only
  document.addEventListener("formset:removed", act);
}

function newRow() {
  const field = form.elements["bylines-TOTAL_FORMS"];
  const place = field?.value;
  form.querySelector("#bylines-group .add-row a")?.click();
  return field?.value === place ? null : place;
}

// Which row of the form each row of the copy is: the same line of the byline, or a new one.
function placesOf(fields) {
  const rows = new Map();
  for (const line of fields) {
    const row = /^bylines-(\d+)-/.exec(line[0])?.[1];
    if (row) rows.set(row, [...(rows.get(row) ?? []), line]);
  }
  const here = [...form.elements].filter((field) => /^bylines-\d+-id$/.test(field.name));
  const free = here.filter((field) => !field.value);
  const places = new Map();
  for (const [row, lines] of rows) {
    const id = lines.find(([name]) => name.endsWith("-id"))?.[1];
    const same = id ? here.find((field) => field.value === id) : free.shift();
    const empty = lines.every(([name, value]) => !value || /-(id|brief)$/.test(name));
    const place = same?.name.split("-")[1] ?? (empty ? null : newRow());
    places.set(row, place);
  }
  return places;
}

// Handlers and style are refused by the policy; taken out first, they are not even complained about.
const quiet = (html) => html.replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\s(on\w+|style)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, ""));

function fill(field, value, label) {
  if (field.type === "checkbox") field.checked = true;
  else if (field.tagName === "SELECT") {
    if (value && ![...field.options].some((option) => option.value === value)) field.add(new Option(label, value));
    field.value = value;
    window.django?.jQuery(field).trigger("change");
  } else field.value = value;
  // The editor reads it in a document that runs and loads nothing, and takes what it knows.
  if (field.id === "id_body") document.querySelector(EDITOR)?.editor.commands.setContent(quiet(value));
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

export function restore(fields) {
  const places = placesOf(fields);
  for (const [name, value, label] of fields) {
    if (/_FORMS$|-(id|brief)$/.test(name)) continue;
    const here = name.replace(/^bylines-(\d+)-/, (_all, row) => `bylines-${places.get(row)}-`);
    const field = form.elements[here];
    if (field?.name === here) fill(field, value, label);
  }
}
