// Where a quoted passage stands in a text that may have been edited since: the rule, and the names,
// of briefs/prose/anchors.py, which says why. Pure.
export const CONTEXT = 32;
const ENOUGH = 20;
const MOST_PLACES = 500;
const KEY = 12;
const SAME_NOTE = 24;
const TOKEN = /[\u3400-\u9fff\uf900-\ufaff]|(?:(?![\u3400-\u9fff\uf900-\ufaff])[\p{L}\p{N}])+/gu;
const WHITE = /[\s\ufeff]/;
const isWhite = (words, i) => {
  const code = words.charCodeAt(i);
  return code <= 32 || (code > 126 && WHITE.test(words[i]));
};

// Words as they are written down from a document; `places` says where in it each character stands.
export class Text {
  words = "";
  places = [];
  notes = [];
  #parts = [];
  #length = 0;
  #pending = false;

  add(words, place) {
    for (let i = 0; i < words.length; i += 1) {
      if (isWhite(words, i)) {
        this.#pending = true;
        continue;
      }
      if (this.#pending && this.#length) this.#put(" ", place(i));
      this.#pending = false;
      this.#put(words[i], place(i));
    }
  }

  #put(character, place) {
    this.#parts.push(character);
    this.places.push(place);
    this.#length += 1;
  }

  part() {
    this.#pending = true;
  }

  note(words, place) {
    this.notes.push({ at: this.#length, words: words.replace(/\s+/g, " ").trim(), place });
  }

  done() {
    this.words = this.#parts.join("");
    return this;
  }

  get tokens() {
    this.known ??= [...this.words.matchAll(TOKEN)].map((match) => ({
      word: match[0].toLowerCase(),
      start: match.index,
      end: match.index + match[0].length,
    }));
    return this.known;
  }

  // Where each pair of words stands, by the number of its first.
  get pairs() {
    if (this.paired) return this.paired;
    this.paired = new Map();
    for (let i = 0; i + 1 < this.tokens.length; i += 1) {
      const pair = `${this.tokens[i].word} ${this.tokens[i + 1].word}`;
      const places = this.paired.get(pair);
      if (places) places.push(i);
      else this.paired.set(pair, [i]);
    }
    return this.paired;
  }
}

const squeezed = (words) => words.replace(/[\s\ufeff]+/g, " ").trim();

export function anchorOf({ words }, start, end) {
  const before = words.slice(Math.max(0, start - CONTEXT), start);
  return { exact: words.slice(start, end), before, after: words.slice(end, end + CONTEXT) };
}

export function find(text, anchor) {
  const exact = squeezed(anchor.exact);
  if (!exact) return null;
  return verbatim(text.words, exact, anchor) ?? between(text.words, exact, anchor) ?? resembling(text, exact);
}

function verbatim(words, exact, anchor) {
  let [place, most] = [null, -1];
  for (const start of occurrences(words, exact)) {
    const score = around(words, start, start + exact.length, anchor);
    if (score > most) [place, most] = [[start, start + exact.length], score];
  }
  const whole = exact.length + anchor.before.length + anchor.after.length;
  return exact.length + most >= Math.min(ENOUGH, whole) ? place : null;
}

function between(words, exact, anchor) {
  const left = anchor.before.slice(-KEY);
  const right = anchor.after.slice(0, KEY);
  if (left.length + right.length < KEY) return null;
  let [place, most] = [null, -1];
  for (const begin of left ? occurrences(words, left) : [0]) {
    const start = begin + left.length;
    const reach = start + 2 * exact.length + 2 * KEY; // what ends further away is not looked at
    const near = right ? words.slice(start, reach).indexOf(right) : words.length - start;
    const end = near < 0 ? -1 : start + near;
    const piece = end < 0 ? "" : words.slice(start, end);
    if (piece.length > 2 * exact.length + KEY || !piece.trim()) continue;
    const score = around(words, start, end, anchor);
    const inset = start + piece.length - piece.trimStart().length;
    if (score > most) [place, most] = [[inset, inset + piece.trim().length], score];
  }
  return place;
}

function resembling(text, exact) {
  const sought = exact.toLowerCase().match(TOKEN) ?? [];
  const pairs = new Set(sought.slice(1).map((word, i) => `${sought[i]} ${word}`));
  const have = text.tokens;
  const hits = [...pairs].flatMap((pair) => text.pairs.get(pair) ?? []).sort((one, other) => one - other);
  let [best, place, first] = [0, null, 0];
  hits.forEach((hit, last) => {
    while (hit - hits[first] >= 1.5 * sought.length) first += 1;
    const count = last - first + 1;
    if (count > best) [best, place] = [count, [have[hits[first]].start, have[hit + 1].end]];
  });
  return best >= Math.max(3, (sought.length - 1) / 2) ? place : null;
}

export function findNote(text, anchor) {
  let [found, most] = [null, 0];
  text.notes.forEach(({ at, words }, index) => {
    const score = around(text.words, at, at, anchor) + 2 * CONTEXT * likeness(words, anchor.exact);
    if (score > most) [found, most] = [index, score];
  });
  return most >= Math.min(SAME_NOTE, anchor.before.length + anchor.after.length) ? found : null;
}

function likeness(one, other) {
  const [first, second] = [one, other].map((words) => new Set(words.toLowerCase().match(TOKEN) ?? []));
  const shared = [...first].filter((word) => second.has(word)).length;
  return first.size && second.size ? (2 * shared) / (first.size + second.size) : 0;
}

function* occurrences(words, sought) {
  let at = words.indexOf(sought);
  for (let count = 0; count < MOST_PLACES && at >= 0; count += 1) {
    yield at;
    at = words.indexOf(sought, at + 1);
  }
}

function around(words, start, end, { before, after }) {
  let [left, right] = [0, 0];
  while (left < CONTEXT && left < start && left < before.length && words[start - 1 - left] === before.at(-1 - left)) left += 1;
  while (right < CONTEXT && end + right < words.length && words[end + right] === after[right]) right += 1;
  return left + right;
}
