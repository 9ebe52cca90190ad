// Passages in a text that is read only: marked by the browser's own highlights, so that the page
// stays as it is. The same methods as comments-editor.js.
import { Text, anchorOf, find, findNote } from "./anchors.js";

const PARTING = new Set("P H2 H3 H4 UL OL LI BLOCKQUOTE TABLE CAPTION THEAD TBODY TR TH TD FIGURE FIGCAPTION HR BR".split(" "));
const NEW = "new";

function noteOf(call) {
  const item = document.getElementById(call.hash.slice(1))?.cloneNode(true);
  item?.querySelector('[role="doc-backlink"]')?.remove();
  return item?.textContent ?? "";
}

function written(article) {
  const text = new Text();
  const visit = (node) => {
    if (node.nodeType === 3) text.add(node.data, (i) => [node, i]);
    if (node.nodeType !== 1 || node.matches('[role="doc-endnotes"]')) return;
    const call = node.tagName === "SUP" && node.querySelector('[role="doc-noteref"]');
    if (call) {
      text.note(noteOf(call), call);
      return;
    }
    if (PARTING.has(node.tagName)) text.part();
    node.childNodes.forEach(visit);
    if (PARTING.has(node.tagName)) text.part();
  };
  visit(article);
  return text.done();
}

function around(node) {
  const range = document.createRange();
  range.selectNodeContents(node);
  return range;
}

export class ReadingPassages {
  #text;
  #ranges = new Map();
  #now = null;

  constructor(article, told) {
    this.ground = article;
    this.#text = written(article);
    article.addEventListener("click", (event) => {
      const found = this.#at(event);
      if (!getSelection().isCollapsed || event.target.closest("a")) return;
      this.#now = found;
      this.#paint();
      if (!found) told.entered(null);
      else {
        told.opened(found);
        this.#ranges.get(found).startContainer.parentElement.scrollIntoView({ block: "nearest" });
      }
    });
  }

  #at({ clientX, clientY }) {
    const inside = (range) =>
      [...range.getClientRects()].some((box) => clientX >= box.left && clientX <= box.right && clientY >= box.top && clientY <= box.bottom);
    return [...this.#ranges].find(([key, range]) => key !== NEW && inside(range))?.[0] ?? null;
  }

  #paint() {
    if (!CSS.highlights) return;
    const of = (wanted) => [...this.#ranges].filter(([key]) => wanted(key)).map(([, range]) => range);
    CSS.highlights.set("commented", new Highlight(...of((key) => key !== NEW)));
    CSS.highlights.set("commented-now", new Highlight(...of((key) => key === NEW || key === this.#now)));
  }

  get now() {
    return this.#now;
  }

  #find({ anchor, onNote }) {
    if (onNote) {
      const note = this.#text.notes[findNote(this.#text, anchor)];
      return note && around(note.place);
    }
    const [start, end] = find(this.#text, anchor) ?? [];
    if (start === undefined) return undefined;
    const range = document.createRange();
    range.setStart(...this.#text.places[start]);
    const [node, offset] = this.#text.places[end - 1];
    range.setEnd(node, offset + 1);
    return range;
  }

  mark(threads) {
    const before = this.#ranges;
    this.#ranges = new Map(before.has(NEW) ? [[NEW, before.get(NEW)]] : []);
    for (const thread of threads) {
      const range = before.get(thread.key) ?? this.#find(thread);
      if (range) this.#ranges.set(thread.key, range);
    }
    this.#paint();
  }

  order() {
    const found = [...this.#ranges].filter(([key]) => key !== NEW);
    found.sort(([, one], [, other]) => one.compareBoundaryPoints(Range.START_TO_START, other));
    return new Map(found.map(([key], index) => [key, index]));
  }

  selection() {
    const selected = getSelection();
    if (!selected.rangeCount || selected.isCollapsed) return null;
    const range = selected.getRangeAt(0);
    if (!this.ground.contains(range.commonAncestorContainer)) return null;
    const anchor = this.#anchor(range);
    return anchor && { range: range.cloneRange(), onNote: anchor.onNote };
  }

  #anchor(range) {
    const { places, words, notes } = this.#text;
    const onNote = (note) => note && { ...anchorOf(this.#text, note.at, note.at), exact: note.words, onNote: true };
    const start = range.startContainer.parentElement.closest('[role="doc-endnotes"] li');
    if (start) return onNote(notes.find(({ place }) => place.hash === `#${start.id}`));
    const first = (beyond) => {
      let [low, high] = [0, places.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (beyond(...places[middle])) high = middle;
        else low = middle + 1;
      }
      return low;
    };
    let from = first((node, offset) => range.comparePoint(node, offset) >= 0);
    let to = first((node, offset) => range.comparePoint(node, offset + 1) > 0);
    while (from < to && words[from] === " ") from += 1;
    while (from < to && words[to - 1] === " ") to -= 1;
    if (from < to) return { ...anchorOf(this.#text, from, to), onNote: false };
    return onNote(notes.find(({ place }) => range.intersectsNode(place)));
  }

  box({ range }) {
    const boxes = range.getClientRects();
    const end = boxes[boxes.length - 1] ?? range.getBoundingClientRect();
    const edge = this.ground.parentElement.getBoundingClientRect().right;
    return { top: end.top, bottom: end.bottom, edge, text: this.ground.getBoundingClientRect().right };
  }

  hold({ range }) {
    this.#ranges.set(NEW, range);
    this.#paint();
  }

  holdAnchor(anchor, onNote) {
    const range = this.#find({ anchor, onNote });
    if (range) this.hold({ range });
  }

  held() {
    return this.#ranges.has(NEW) ? this.#anchor(this.#ranges.get(NEW)) : null;
  }

  release() {
    this.#ranges.delete(NEW);
    this.#paint();
  }

  reveal(thread) {
    const range = this.#ranges.get(thread.key) ?? this.#find(thread);
    if (!range) return false;
    this.#now = thread.key;
    this.#paint();
    getSelection().removeAllRanges();
    getSelection().addRange(range.cloneRange());
    range.startContainer.parentElement.scrollIntoView({ block: "center" });
    return true;
  }

  back() {}
}
