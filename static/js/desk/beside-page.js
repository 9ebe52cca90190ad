// Draws the preview. It stands in a shadow root, so that the site's styles and the desk's do not
// meet; only what changed is replaced, so that nothing flickers and the place is kept. Says
// "beside:shown" when it has been drawn.
const HOLDERS = new Set(["ARTICLE", "HEADER", "DIV", "SECTION", "UL", "OL"]);
const MARKS = ["data-here", "data-jumped"]; // of beside-places.js and of jumps; not the text's
const SLOW = 500; // milliseconds, after which it is said that something is to come
const OUTDATED = "What stands below is older than your text.";
const pane = document.getElementById("beside");
const view = pane?.querySelector(".beside-view");
const page = pane?.querySelector(".beside-page");
const said = pane?.querySelector(".beside-said");
const root = page?.attachShadow({ mode: "open" });
let dressed;

function dress() {
  const links = pane.dataset.sheets.split(" ").map((href) => Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
  const loading = links.map((link) => new Promise((done) => {
    link.addEventListener("load", done);
    link.addEventListener("error", done);
  }));
  root.append(...links);
  return Promise.all(loading);
}

// A document of its own runs and loads nothing.
function read(html) {
  const article = new DOMParser().parseFromString(html, "text/html").querySelector("article");
  for (const link of article.querySelectorAll("a[href^='http']")) {
    link.target = "_blank";
    link.rel = "noopener";
  }
  return document.adoptNode(article);
}

function update(element, fresh) {
  for (const name of element.getAttributeNames()) if (!fresh.hasAttribute(name)) element.removeAttribute(name);
  for (const name of fresh.getAttributeNames()) {
    if (element.getAttribute(name) !== fresh.getAttribute(name)) element.setAttribute(name, fresh.getAttribute(name));
  }
  const [before, after] = [[...element.childNodes], [...fresh.childNodes]];
  const least = Math.min(before.length, after.length);
  let head = 0;
  while (head < least && before[head].isEqualNode(after[head])) head += 1;
  let tail = 0;
  while (tail < least - head && before.at(-1 - tail).isEqualNode(after.at(-1 - tail))) tail += 1;
  const gone = before.slice(head, before.length - tail);
  const come = after.slice(head, after.length - tail);
  const next = before[before.length - tail] ?? null;
  come.forEach((node, number) => {
    const was = gone[number];
    if (!was) element.insertBefore(node, next);
    else if (was.isEqualNode(node)) return;
    else if (was.nodeName === node.nodeName && HOLDERS.has(node.nodeName)) update(was, node);
    else was.replaceWith(node);
  });
  for (const node of gone.slice(come.length)) node.remove();
}

function unmark() {
  for (const mark of MARKS) for (const element of root.querySelectorAll(`[${mark}]`)) element.removeAttribute(mark);
}

const top = (element) => element.getBoundingClientRect().top - view.getBoundingClientRect().top;

// The first thing in sight that outlives the change stays where it stands.
function keeping(change) {
  const seen = [...root.querySelectorAll(".brief-head, .prose > *, [role='doc-endnotes'] li")]
    .map((element) => [element, element.getBoundingClientRect().bottom, top(element)])
    .filter(([, bottom]) => bottom > view.getBoundingClientRect().top);
  const { scrollTop } = view;
  change();
  const stayed = scrollTop && seen.find(([element]) => element.isConnected);
  view.scrollTop = stayed ? view.scrollTop + top(stayed[0]) - stayed[2] : scrollTop;
}

function say(sentence) {
  if (said.textContent !== sentence) said.textContent = sentence;
}

async function draw({ page: html, amiss }) {
  const fresh = read(html);
  await (dressed ??= dress());
  const article = root.querySelector("article");
  unmark();
  if (article) keeping(() => update(article, fresh));
  else root.append(fresh);
  pane.classList.remove("outdated");
  say(amiss);
  pane.dispatchEvent(new Event("beside:shown"));
}

function outdated({ sentence }) {
  const shown = root.querySelector("article") !== null;
  pane.classList.toggle("outdated", shown);
  say(shown ? `${sentence} ${OUTDATED}` : sentence);
}

function jump(target) {
  root.querySelector("[data-jumped]")?.removeAttribute("data-jumped");
  target.setAttribute("data-jumped", "");
  view.scrollTop += top(target) - view.clientHeight / 3;
  (target.matches("a") ? target : target.querySelector("[role='doc-backlink']"))?.focus({ preventScroll: true });
}

if (pane) {
  pane.addEventListener("beside:open", () => {
    setTimeout(() => {
      if (!root.querySelector("article") && !said.textContent) say("The preview is being made…");
    }, SLOW);
  });
  pane.addEventListener("beside:answer", (event) => draw(event.detail));
  pane.addEventListener("beside:refusal", (event) => outdated(event.detail));
  pane.addEventListener("beside:silence", (event) => outdated(event.detail));
  root.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    event.preventDefault();
    const target = root.getElementById(link.getAttribute("href").slice(1));
    if (target) jump(target);
  });
}
