// What this browser keeps of a brief's form because the server may not have it.
//
// What was sent stays in this tab (sessionStorage) until the desk says that it was saved. What could
// not be sent stays in this browser (localStorage) until the server has it: under its writer's number,
// shown to nobody else, gone at log-out and after a week.
import { now, page } from "./form.js";

const WEEK = 7 * 24 * 60 * 60 * 1000;
const SENT = "brief:";
const UNSENT = "brief-unsent:";
const sent = `${SENT}${location.pathname}`;
const unsent = (sitting) => `${UNSENT}${page.user}:${sitting}`;

function put(storage, key, sitting, fields) {
  try {
    storage[key] = JSON.stringify({ user: page.user, path: location.pathname, at: now(), sitting, fields });
    return true;
  } catch {
    return false; // full or forbidden
  }
}

function* rows() {
  for (const [storage, start] of [[sessionStorage, SENT], [localStorage, UNSENT]]) {
    for (const key of Object.keys(storage)) {
      if (key.startsWith(start)) yield [storage, key, JSON.parse(storage[key])];
    }
  }
}

export const keepSent = (sitting, fields) => put(sessionStorage, sent, sitting, fields);
export const keepUnsent = (sitting, fields) => put(localStorage, unsent(sitting), sitting, fields);

export function forget(...sittings) {
  for (const [storage, key, row] of rows()) {
    const stale = storage === localStorage && now() - row.at > WEEK;
    if (stale || sittings.includes(row.sitting)) storage.removeItem(key);
  }
}

// One for each sitting, the newest.
export function kept() {
  const found = new Map();
  for (const [, , row] of rows()) {
    if (row.user !== page.user || row.path !== location.pathname) continue;
    if (!(found.get(row.sitting)?.at > row.at)) found.set(row.sitting, row);
  }
  return [...found.values()];
}

if (page) forget(...page.settled);
