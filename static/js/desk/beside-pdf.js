// The PDF of what is typed, on request: typeset while a line says so, then opened in a tab of its
// own, or where the browser refuses that, offered as a link.
const form = document.getElementById("brief_form");
const pane = document.getElementById("beside");
const button = pane?.querySelector(".beside-pdf");
const cancel = pane?.querySelector(".beside-cancel");
const line = pane?.querySelector(".beside-setting [role='status']");
const SILENCE = "The typesetter does not answer; try again in a moment.";
let setting = null;
let made = "";

function say(...words) {
  line.replaceChildren(...words);
}

function link(href) {
  return Object.assign(document.createElement("a"), { href, target: "_blank", rel: "noopener", textContent: "Open the PDF" });
}

function open(content) {
  if (made) URL.revokeObjectURL(made);
  made = URL.createObjectURL(content);
  if (window.open(made, "_blank")) say();
  else say("It is ready. ", link(made));
}

async function typeset(signal) {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  const response = await fetch(pane.dataset.pdf, { method: "POST", body: data, signal });
  const type = response.headers.get("Content-Type") ?? "";
  if (response.ok && type === "application/pdf") return { content: await response.blob() };
  if (response.status === 422) return response.json();
  if (response.redirected) return { sentence: "You have been logged out; log in again in another tab." };
  return { sentence: response.status === 403 ? "This brief is not open to you any more." : SILENCE };
}

function busy(on) {
  cancel.hidden = !on;
  if (on) button.setAttribute("aria-disabled", "true");
  else button.removeAttribute("aria-disabled");
}

async function start() {
  if (setting) return;
  const mine = new AbortController();
  setting = mine;
  busy(true);
  say("Typesetting…");
  let answer;
  try {
    answer = await typeset(mine.signal);
  } catch {
    answer = { sentence: SILENCE };
  }
  if (setting !== mine) return; // cancelled
  setting = null;
  busy(false);
  if (answer.content) open(answer.content);
  else say(answer.sentence);
}

function stop() {
  setting?.abort();
  setting = null;
  busy(false);
  say();
  button.focus();
}

if (pane) {
  button.addEventListener("click", start);
  cancel.addEventListener("click", stop);
}
