// Keeps what is written on the server, for its writer alone, until it is saved; says that the form is
// open, and learns who else has it open and what happened to the brief.
import { form, named, now, onChange, opened, page, restore, text, told, writable, written } from "./form.js";
import { forget, keepSent, keepUnsent } from "./kept.js";
import { offerBack } from "./offers.js";
import { showEvent, showFailure, showPeople, showState } from "./standing.js";

const KEEPALIVE = 60_000; // bytes; browsers refuse 64 KiB on the way when a page goes
const TIMEOUT = 20_000;
const STOPPED = 30_000; // a sending that was stopped (Esc) is told by nothing: after a while, go on
const hours = (at) => told(at, {});

const refused = document.querySelector(".errornote") !== null; // shows by itself what was typed
const [earlier, restored] = refused ? page.sittings : [];
let sitting = earlier ?? named();
let beginning = null; // the text as it was opened, as it was last kept, and as it was last looked at
let safe = null;
let seen = null;
let safeSince = 0; // since when there is something that the server does not have
let known = "";
let turn = (refused && page?.turn) || 0; // goes on where the form that was refused left off
let instead = restored ?? ""; // the sitting whose copy was brought back: dropped once this one is kept
let first = 0;
let timer = 0;
let running = null;
let next = null;
let submitted = false;
let loggingOut = false;

const cookie = () => document.cookie.split("; ").find((pair) => pair.startsWith(`${page.cookie}=`))?.slice(page.cookie.length + 1) ?? "";

function due() {
  first ||= Date.now();
  clearTimeout(timer);
  timer = setTimeout(tell, Math.max(0, Math.min(page.pace.pause, first + page.pace.longest - Date.now())));
}

// What the form says now; `fields` only where they are news.
function sign(fields, leaving) {
  const all = text(fields);
  const said = { user: page.user, sitting, turn: ++turn, base: form.elements.seen?.value ?? "", known, typed: all !== seen, leaving };
  seen = all;
  if (all === safe) return said;
  if (all === beginning) return { ...said, drop: sitting };
  return { ...said, fields, ...(instead && { drop: instead }) };
}

function post(said) {
  const body = JSON.stringify(said);
  const keepalive = new Blob([body]).size < KEEPALIVE;
  if (said.leaving && !keepalive) throw new Error("too long to be sent from a page that goes");
  const headers = { "Content-Type": "application/json", "X-CSRFToken": cookie() };
  return fetch(page.url, { method: "POST", body, headers, keepalive, redirect: "manual", signal: AbortSignal.timeout(TIMEOUT) });
}

// Nothing is left in the browser of somebody who is logging out.
const keepHere = (fields) => !loggingOut && keepUnsent(sitting, fields);

function failed(why, fields) {
  const unsafe = text(fields) !== safe;
  if (!unsafe && why !== "out") return;
  safeSince ||= now();
  showFailure(unsafe && !keepHere(fields) ? "lost" : why, hours(safeSince), page.login);
}

function taken(said, answer, all) {
  form.elements.csrfmiddlewaretoken.value = cookie(); // renewed by logging in in another tab
  safe = all;
  safeSince = 0;
  if (said.fields && said.drop === instead) instead = "";
  if (text(written()) === all) forget(sitting); // what was sent or kept here later is newer
  if (all === beginning) showState("");
  else showState("kept", `Unsaved changes kept ${hours(now())}`);
  if (answer.people) showPeople(answer.people);
  if (!answer.known) return;
  known = answer.known;
  showEvent(answer);
}

const reasonOf = ({ type, status }) => {
  if (type === "opaqueredirect" || status === 403) return "out";
  return { 400: "long", 404: "gone", 409: "other", 413: "long" }[status] ?? "away";
};

// What saving the form settles.
function name() {
  form.elements.attempt.value = `${sitting} ${instead}`;
}

function begin(anew) {
  sitting = anew;
  safe = beginning;
  name();
}

// This form was saved, and is there again by the browser's history.
function again() {
  begin(named());
  due();
}

async function once() {
  if (submitted) return;
  first = 0;
  const fields = written();
  const said = sign(fields, false);
  try {
    const response = await post(said);
    const answer = response.ok ? await response.json() : null;
    if (!answer) failed(reasonOf(response), fields);
    else if (answer.settled) again();
    else taken(said, answer, text(fields));
  } catch {
    failed("away", fields);
  }
}

// One at a time; what was written meanwhile is told after it.
function tell() {
  clearTimeout(timer);
  const over = () => (running = null);
  if (!running) return (running = once().finally(over));
  const then = () => ((next = null), tell());
  return (next ??= running.then(then));
}

function beat() {
  if (submitted) return;
  const fields = written();
  const unsafe = text(fields) !== safe;
  if (document.hidden && unsafe) keepHere(fields); // a telephone may end the page without a word
  if (!document.hidden || unsafe) tell();
}

// The page may go without another word. What is too long for its last breath stays in the browser.
function leave() {
  const fields = written();
  const said = submitted ? { ...sign(fields, true), fields: undefined, drop: undefined } : sign(fields, true);
  const lost = () => said.fields && keepHere(fields);
  try {
    post(said).then((response) => response.ok || lost(), lost);
  } catch {
    lost();
    post({ ...said, fields: undefined }).catch(() => {});
  }
}

async function bringBack(offer, fields) {
  if (text(written()) !== beginning) {
    await tell(); // what was written here meanwhile is not lost to what is brought back
    begin(named());
  }
  restore(fields);
  instead = offer.sitting;
  name();
  tell();
}

function discard(offer) {
  post({ user: page.user, sitting, turn: ++turn, drop: offer.sitting }).catch(() => {});
}

function start() {
  beginning = safe = seen = text(opened());
  known = form.elements.over?.value ?? form.elements.seen?.value ?? "";
  if (refused) beginning = safe = "";
  else offerBack({ bringBack, discard }, { isNew: !known });
  tell();
  setInterval(beat, page.pace.beat);
  document.addEventListener("visibilitychange", beat);
}

function go() {
  submitted = true;
  setTimeout(stay, STOPPED);
}

function stay() {
  submitted = loggingOut = false;
}

if (writable) {
  name();
  addEventListener("load", start);
  onChange(due);
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    keepSent(sitting, written());
    go();
  });
  document.getElementById("logout-form")?.addEventListener("submit", () => {
    loggingOut = true;
    leave();
    go();
  });
  addEventListener("pageshow", stay);
  addEventListener("pagehide", leave);
}
