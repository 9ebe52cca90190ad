// Passages in the editor: drawn beside the text, never in it. Found once; after that they move with
// what is typed. The same methods as comments-reading.js.
import { Plugin, pm } from "django-prose-editor/editor";
import { Text, anchorOf, find, findNote } from "./anchors.js";

const { Decoration, DecorationSet } = pm.view;
export const NEW = "new"; // the passage that somebody is about to comment on

function plain(html) {
  const { body } = document.implementation.createHTMLDocument("");
  body.innerHTML = html.replace(/<br>/g, " ");
  return body.textContent;
}

// What a node holds in itself (a caption, a figure) stands where the node stands.
function written(view) {
  const text = new Text();
  view.state.doc.descendants((node, position) => {
    if (node.isText) text.add(node.text, (i) => position + i);
    else if (node.type.name === "note") text.note(view.nodeDOM(position)?.title || plain(node.attrs.html), position);
    else {
      text.part();
      text.add(plain(node.attrs.caption || (node.isAtom && node.attrs.html) || ""), () => position);
      text.part();
    }
  });
  return text.done();
}

const after = (doc, position) => position + (doc.nodeAt(position)?.isText === false ? doc.nodeAt(position).nodeSize : 1);

function drawn(doc, { key, from, to }, now) {
  const state = key === NEW ? " being-written" : key === now ? " now" : "";
  const whole = doc.nodeAt(from)?.isText === false && to === after(doc, from);
  return Decoration[whole ? "node" : "inline"](from, to, { class: `commented${state}` }, { key });
}

const listed = (set) => set.find().map(({ from, to, spec }) => ({ key: spec.key, from, to }));

// The innermost passage at the caret.
function entered(places, { from, to, empty, node }) {
  if (!empty && !node) return null;
  const around = places.filter((place) => place.key !== NEW && (node ? place.from === from && place.to === to : place.from <= from && place.to >= to));
  return around.sort((a, b) => a.to - a.from - (b.to - b.from))[0]?.key ?? null;
}

export class EditorPassages {
  #view;
  #plugin;
  #known = {};

  constructor(editor, told) {
    this.#view = editor.view;
    const plugin = (this.#plugin = new Plugin({
      state: {
        init: () => ({ set: DecorationSet.empty, now: null }),
        apply(change, before, _old, state) {
          const places = change.getMeta(plugin) ?? null;
          const set = before.set.map(change.mapping, change.doc);
          if (!places && !change.docChanged && !change.selectionSet) return before;
          const current = places ?? listed(set);
          const now = entered(current, state.selection);
          if (!places && now === before.now) return { set, now };
          return { set: DecorationSet.create(change.doc, current.map((place) => drawn(change.doc, place, now))), now };
        },
      },
      props: {
        decorations: (state) => plugin.getState(state).set,
        handleClick(view, at) {
          const key = entered(listed(plugin.getState(view.state).set), { from: at, to: at, empty: true });
          if (key) told.opened(key);
          return false;
        },
      },
      view: () => ({
        update: (view, before) => {
          const { now } = plugin.getState(view.state);
          if (now !== plugin.getState(before)?.now) told.entered(now);
          if (view.state.doc !== before.doc) told.moved();
        },
      }),
    }));
    editor.registerPlugin(plugin);
    this.ground = editor.view.dom;
  }

  get #text() {
    const { doc } = this.#view.state;
    if (this.#known.doc !== doc) this.#known = { doc, text: written(this.#view) };
    return this.#known.text;
  }

  get #places() {
    return listed(this.#plugin.getState(this.#view.state).set);
  }

  get now() {
    return this.#plugin.getState(this.#view.state).now;
  }

  #draw(places) {
    this.#view.dispatch(this.#view.state.tr.setMeta(this.#plugin, places).setMeta("addToHistory", false));
  }

  #find({ key, anchor, onNote }) {
    const { doc } = this.#view.state;
    if (onNote) {
      const note = this.#text.notes[findNote(this.#text, anchor)];
      return note && { key, from: note.place, to: note.place + 1 };
    }
    const [start, end] = find(this.#text, anchor) ?? [];
    if (start === undefined) return undefined;
    const { places } = this.#text;
    return { key, from: places[start], to: after(doc, places[end - 1]) };
  }

  // Draws these threads; only those whose passage is not known are looked for.
  mark(threads) {
    const known = new Map(this.#places.map((place) => [place.key, place]));
    const wanted = threads.map((thread) => known.get(thread.key) ?? this.#find(thread)).filter(Boolean);
    if (known.has(NEW)) wanted.push(known.get(NEW));
    const same = wanted.length === known.size && wanted.every((place) => known.get(place.key) === place);
    if (!same) this.#draw(wanted);
  }

  // Where each passage begins; those that are gone are missing.
  order() {
    return new Map(this.#places.map(({ key, from }) => [key, from]));
  }

  // A note right before the caret counts (`near`): a click on it opens its dialog instead.
  selection() {
    const { from, to, empty, node, $from } = this.#view.state.selection;
    if (empty && $from.nodeBefore?.type.name === "note") return { from: from - 1, to, onNote: true, near: true };
    if (empty || (node && node.type.name !== "note")) return null;
    return this.#anchor(from, to) && { from, to, onNote: this.#anchor(from, to).onNote };
  }

  #anchor(from, to) {
    const { words, places, notes } = this.#text;
    const first = (limit) => {
      let [low, high] = [0, places.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (places[middle] < limit) low = middle + 1;
        else high = middle;
      }
      return low;
    };
    let [start, end] = [first(from), first(to)];
    while (start < end && words[start] === " ") start += 1;
    while (start < end && words[end - 1] === " ") end -= 1;
    if (start < end) return { ...anchorOf(this.#text, start, end), onNote: false };
    const note = notes.find(({ place }) => place >= from && place < to);
    return note ? { ...anchorOf(this.#text, note.at, note.at), exact: note.words, onNote: true } : null;
  }

  // Where the button to comment may stand.
  box({ to }) {
    const frame = this.#view.dom.closest(".prose-editor").getBoundingClientRect();
    const end = this.#view.coordsAtPos(to);
    return { top: end.top, bottom: end.bottom, edge: frame.right, text: this.#view.dom.getBoundingClientRect().right };
  }

  hold({ from, to }) {
    this.#draw([...this.#places.filter(({ key }) => key !== NEW), { key: NEW, from, to }]);
  }

  holdAnchor(anchor, onNote) {
    const place = this.#find({ key: NEW, anchor, onNote });
    if (place) this.hold(place);
  }

  held() {
    const place = this.#places.find(({ key }) => key === NEW);
    return place ? this.#anchor(place.from, place.to) : null;
  }

  release() {
    if (this.#places.some(({ key }) => key === NEW)) this.#draw(this.#places.filter(({ key }) => key !== NEW));
  }

  // Selects the passage and brings it into sight.
  reveal(thread) {
    const place = this.#places.find(({ key }) => key === thread.key) ?? this.#find(thread);
    if (!place) return false;
    const { state } = this.#view;
    const { NodeSelection, TextSelection } = pm.state;
    const note = state.doc.nodeAt(place.from)?.type.name === "note" && place.to === place.from + 1;
    const selection = note ? NodeSelection.create(state.doc, place.from) : TextSelection.create(state.doc, place.from, place.to);
    this.#view.dispatch(state.tr.setSelection(selection));
    this.#view.focus();
    const { node } = this.#view.domAtPos(place.from + (note ? 0 : 1));
    (node.nodeType === 1 ? node : node.parentElement).scrollIntoView({ block: "center" });
    return true;
  }

  back = () => this.#view.focus();
}
