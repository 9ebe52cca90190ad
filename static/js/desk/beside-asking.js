// Asks for the preview of the form as it stands, a moment after each change, while it is shown: one
// question at a time, and the newest counts. Tells the pane what came of it: "beside:answer" with
// the page, "beside:refusal" with a sentence, "beside:silence" with one, too.
const PAUSE = 150; // milliseconds without a change
const LONGEST = 600; // of typing without a pause
const PATIENCE = 20000;
const FIRST_RETRY = 2000;
const LAST_RETRY = 30000;
const SILENCE = "The preview does not answer; it goes on trying.";
const LOGGED_OUT = "You have been logged out. Log in again in another tab, and the preview goes on.";
const CLOSED = "This brief is not open to you any more; load the page anew to see why.";
const form = document.getElementById("brief_form");
const pane = document.getElementById("beside");
let timer;
let since = 0;
let asking = null;
let answered = null;
let retry = FIRST_RETRY;

function tell(name, detail) {
  pane.dispatchEvent(new CustomEvent(`beside:${name}`, { detail }));
}

function typed() {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  return data;
}

function plan(wait) {
  clearTimeout(timer);
  timer = setTimeout(ask, wait);
}

function changed() {
  if (pane.hidden) return;
  const now = performance.now();
  since ||= now;
  plan(Math.max(0, Math.min(PAUSE, since + LONGEST - now)));
}

function again(sentence) {
  answered = null;
  tell("silence", { sentence });
  plan(retry);
  retry = Math.min(2 * retry, LAST_RETRY);
}

async function hear(response) {
  const json = response.headers.get("Content-Type")?.startsWith("application/json");
  if (json && (response.ok || response.status === 422)) return response.json();
  if (response.redirected) return { silence: LOGGED_OUT };
  if (response.status === 403 || response.status === 404) return { sentence: CLOSED };
  if (response.status === 400 || response.status === 413) return { sentence: "The text is too large for a preview." };
  return { silence: SILENCE };
}

async function ask() {
  clearTimeout(timer);
  if (pane.hidden) return;
  const data = typed();
  const written = new URLSearchParams(data).toString();
  since = 0;
  if (written === answered) return;
  asking?.abort();
  const mine = new AbortController();
  asking = mine;
  const late = setTimeout(() => mine.abort(), PATIENCE);
  let answer;
  try {
    answer = await hear(await fetch(pane.dataset.page, { method: "POST", body: data, signal: mine.signal }));
  } catch {
    answer = { silence: SILENCE };
  } finally {
    clearTimeout(late);
  }
  if (asking !== mine) return; // a newer question is on its way
  asking = null;
  if (pane.hidden) return;
  if (answer.silence) {
    again(answer.silence);
    return;
  }
  answered = written;
  retry = FIRST_RETRY;
  tell("page" in answer ? "answer" : "refusal", answer);
}

if (pane) {
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  // select2 fires jQuery's events only.
  window.django?.jQuery(form).on("change", "select", changed);
  document.addEventListener("formset:removed", changed);
  pane.addEventListener("beside:open", () => {
    answered = null;
    ask();
  });
  pane.addEventListener("beside:close", () => {
    clearTimeout(timer);
    asking?.abort();
    asking = null;
  });
  addEventListener("online", () => plan(0));
}
