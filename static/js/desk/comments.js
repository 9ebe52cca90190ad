// Comments on passages: brings together the text (editor or reading), the list beside it, and the
// server. Without this the list stands in the page and is answered by a plain form.
import { Composer, isCommentKey } from "./comments-compose.js";
import { Drafts } from "./comments-drafts.js";
import { Panel } from "./comments-panel.js";
import { offerMentions } from "./mentions.js";

const ASK = 20000; // milliseconds between two looks at what others said, while the page is seen
const SETTLE = 300; // after the last change to the text
const element = document.getElementById("comments");
// Autosave renews that of the form; where only is read, there is but the one of the page.
const token = () => (document.querySelector("#brief_form [name=csrfmiddlewaretoken]") ?? document.querySelector("#comment-form [name=csrfmiddlewaretoken]"))?.value;
const GONE = "Nothing was sent: you are logged out, or may not open this brief any more. Log in again in another tab, then try once more.";
const DEAF = "Nothing was sent: the desk does not answer. Your words stand here; try again.";

async function ask(address, fields) {
  const options = { headers: { Accept: "application/json", "X-CSRFToken": token() }, redirect: "manual" };
  if (fields) Object.assign(options, { method: "POST", body: new URLSearchParams(fields) });
  let response;
  try {
    response = await fetch(address, options);
  } catch {
    throw new Error(DEAF);
  }
  if (response.status === 204) return null;
  const json = response.headers.get("Content-Type")?.startsWith("application/json");
  const answer = json ? await response.json() : { refusal: response.status >= 500 ? DEAF : GONE };
  if (!answer.html && answer.html !== "") throw new Error(answer.refusal);
  return answer;
}

function theEditor() {
  const field = document.getElementById("id_body");
  if (!field) return null;
  return new Promise((found) => {
    const { editor } = document.querySelector(".ProseMirror[contenteditable]") ?? {};
    if (editor) found(editor);
    else document.addEventListener("prose-editor:ready", (event) => found(event.detail.editor), { once: true });
  });
}

async function thePassages(told) {
  const article = document.querySelector(".as-read");
  if (article) {
    const { ReadingPassages } = await import("./comments-reading.js");
    return new ReadingPassages(article, told);
  }
  const editor = await theEditor();
  if (!editor) return null;
  const { EditorPassages } = await import("./comments-editor.js");
  return new EditorPassages(editor, told);
}

async function start() {
  let passages = null;
  let settling;
  const drafts = new Drafts(element.dataset.address);
  const panel = new Panel(element, { chosen: reveal });

  function reveal(thread) {
    panel.rise(false);
    passages?.reveal(thread);
    panel.current(thread.key);
  }

  function arrange() {
    passages?.mark(panel.threads().filter(({ resolved, whole }) => !resolved && !whole));
    panel.arrange(passages?.order());
  }

  function receive({ html, state }) {
    const news = panel.receive(html);
    element.dataset.state = state;
    arrange();
    return news;
  }

  // The key of the thread that it went to; nothing if it was refused, which is said beside it.
  async function send(place, address, fields) {
    if (place.dataset.sent) return null;
    place.dataset.sent = "yes";
    panel.refuse(place, "");
    try {
      const answer = await ask(address, fields);
      receive(answer);
      return String(answer.thread);
    } catch (error) {
      panel.refuse(place, error.message);
      return null;
    } finally {
      delete place.dataset.sent;
    }
  }

  async function act(button) {
    const holder = button.closest("details.answer, details.whole") ?? button.closest(".thread");
    const field = button.closest("details.answer, details.whole")?.querySelector("textarea");
    const address = button.hasAttribute("formaction") ? button.formAction : button.form.action;
    const key = await send(holder, address, field ? { [field.name]: field.value } : {});
    if (!key) return;
    if (field) {
      field.value = "";
      drafts.keep(field.name, null);
      holder.open = false;
    }
    panel.after(button.dataset.act, key);
  }

  async function look() {
    if (document.hidden) return;
    try {
      const answer = await ask(`${element.dataset.address}?since=${encodeURIComponent(element.dataset.state)}`);
      if (!answer) return;
      const news = receive(answer);
      if (news.length) panel.say(news.length > 1 ? `${news.length} threads have changed.` : "A thread has changed.");
    } catch {
      // Asked again in a while; whoever sends something is told.
    }
  }

  element.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-act]");
    if (!button) return;
    event.preventDefault();
    act(button);
  });
  element.addEventListener("input", ({ target }) => target.name && drafts.keep(target.name, target.value.trim() && target.value));
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.target.tagName !== "TEXTAREA") return;
    event.target.closest("details")?.querySelector("button[data-act]").click();
  });
  offerMentions(element, JSON.parse(document.getElementById("comment-people").textContent));
  panel.arrange(null);
  panel.begin();
  drafts.restore(element);

  passages = await thePassages({
    opened(key) {
      panel.open(key);
      passages.ground.querySelector(".commented.now")?.scrollIntoView({ block: "nearest" });
    },
    entered(key) {
      panel.current(key);
      if (!key && panel.element.querySelector(".composing")?.hidden) panel.rise(false);
    },
    moved() {
      clearTimeout(settling);
      settling = setTimeout(arrange, SETTLE);
    },
  });
  arrange();
  if (passages) {
    const composer = new Composer({ passages, panel, drafts, send });
    addEventListener("keydown", (event) => {
      if (!isCommentKey(event)) return;
      event.preventDefault();
      composer.begin();
    });
  }
  if (location.hash.startsWith("#thread-")) {
    const key = location.hash.slice(8);
    if (panel.item(key)) reveal(panel.thread(panel.item(key)));
    panel.open(key);
  }
  setInterval(look, ASK);
  document.addEventListener("visibilitychange", look);
  addEventListener("focus", look);
  element.dataset.ready = "yes";
}

if (element) start();
