// What was sent is kept in this tab until it is known to be saved: an expired session loses no text.
// It is offered back, and a save that others' work has overtaken is still refused by its token.
const form = document.getElementById("brief_form");
const SECRET = new Set(["csrfmiddlewaretoken", "_stay", "_close", "_verb", "over", "uploaded", "attempt"]);
const key = `brief:${location.pathname}`;

// As the desk writes it, by the institute's clock.
function told(at) {
  const zone = form.elements.attempt.dataset.zone;
  const date = { day: "numeric", month: "short", year: "numeric" };
  return new Date(at).toLocaleString("en-GB", { timeZone: zone, ...date, hour: "2-digit", minute: "2-digit" }).replace("Sept", "Sep");
}

function written() {
  const fields = [];
  for (const [name, value] of new FormData(form)) {
    if (SECRET.has(name) || typeof value !== "string") continue;
    const field = form.elements[name];
    fields.push([name, value.replaceAll("\r\n", "\n"), field?.selectedOptions?.[0]?.text ?? ""]);
  }
  return fields;
}

const text = (fields) => JSON.stringify(fields.filter(([name]) => name !== "seen").map(([name, value]) => [name, value]));

function forgetWhatWasSaved() {
  const saved = (form?.querySelector("[data-saved]")?.dataset.saved ?? "").split(" ");
  for (const name of Object.keys(sessionStorage)) {
    if (!name.startsWith("brief:")) continue;
    if (saved.includes(JSON.parse(sessionStorage[name]).attempt)) sessionStorage.removeItem(name);
  }
}

function addRows(fields) {
  const total = Number(fields.find(([name]) => name === "bylines-TOTAL_FORMS")?.[1] ?? 0);
  const field = form.elements["bylines-TOTAL_FORMS"];
  while (Number(field?.value) < total) {
    const before = field.value;
    form.querySelector("#bylines-group .add-row a")?.click();
    if (field.value === before) return;
  }
}

function restore(fields) {
  addRows(fields);
  for (const [name, value, label] of fields) {
    const field = form.elements[name];
    if (!field || /_FORMS$|-(id|brief)$/.test(name)) continue;
    if (field.type === "checkbox") field.checked = true;
    else if (field.tagName === "SELECT") {
      if (value && ![...field.options].some((option) => option.value === value)) field.add(new Option(label, value));
      field.value = value;
      window.django?.jQuery(field).trigger("change");
    } else field.value = value;
    if (field.id === "id_body") editor?.commands.setContent(value);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function offer({ at, fields }) {
  const banner = document.createElement("section");
  banner.className = "closed offer";
  const said = document.createElement("p");
  said.textContent = `What you sent on ${told(at)} was not saved, but it is kept here.`;
  banner.append(said);
  const button = (label, act) => {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: label });
    made.addEventListener("click", () => {
      act();
      sessionStorage.removeItem(key);
      banner.remove();
    });
    banner.append(made, " ");
  };
  button("Bring it back", () => restore(fields));
  button("Discard it", () => {});
  form.querySelector(".stage-bar").after(banner);
}

let editor;
document.addEventListener("prose-editor:ready", (event) => {
  editor = event.detail.editor;
});

if (form?.querySelector(".save")) {
  forgetWhatWasSaved();
  addEventListener("load", () => {
    const kept = JSON.parse(sessionStorage[key] ?? "null");
    // A refused form shows by itself what was typed.
    if (!kept || document.querySelector(".errornote")) return;
    if (text(kept.fields) === text(written())) sessionStorage.removeItem(key);
    else offer(kept);
  });
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    const attempt = crypto.randomUUID?.() ?? String(Math.random());
    form.elements.attempt.value = attempt;
    try {
      sessionStorage[key] = JSON.stringify({ at: Date.now(), attempt, fields: written() });
    } catch {
      // Full or forbidden: the form is sent all the same.
    }
  });
} else forgetWhatWasSaved();
