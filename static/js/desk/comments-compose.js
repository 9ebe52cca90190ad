// To say something about the words that are selected: a small button beside them, or the key that
// Word and others use; then a card at the head of the list.
const make = (tag, given = {}) => Object.assign(document.createElement(tag), given);
const short = (words) => (words.length > 90 ? `${words.slice(0, 89)}…` : words);

// Ctrl+Alt+M; ⌘⌥M on a Mac, where ⌥M alone is another letter. AltGr+M is one too, elsewhere.
export function isCommentKey(event) {
  const pressed = event.altKey && (event.ctrlKey || event.metaKey) && !event.getModifierState("AltGraph");
  return pressed && (event.code === "KeyM" || event.key.toLowerCase() === "m");
}

export class Composer {
  constructor({ passages, panel, drafts, send }) {
    Object.assign(this, { passages, panel, drafts, send });
    this.#makeButton();
    this.#makeCard();
    const draft = drafts.kept.new;
    if (draft) {
      passages.holdAnchor(draft.anchor, draft.anchor.onNote);
      if (passages.held()) this.#show(draft.anchor, draft.words);
    }
  }

  #makeButton() {
    this.button = make("button", { type: "button", className: "comment-here", hidden: true });
    this.button.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
    this.button.addEventListener("click", () => this.begin());
    document.body.append(this.button);
    let waiting = false;
    const follow = () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        this.#place();
      });
    };
    document.addEventListener("selectionchange", follow);
    addEventListener("scroll", follow, { passive: true, capture: true });
    addEventListener("resize", follow);
  }

  #place() {
    const inside = this.passages.ground.contains(document.getSelection().anchorNode);
    const free = inside && this.card.hidden;
    const selection = free ? this.#meant() : null;
    this.button.hidden = !selection;
    if (!selection) return;
    this.button.textContent = selection.onNote ? "Comment on note" : "Comment";
    const { top, bottom, edge, text } = this.passages.box(selection);
    const { offsetWidth: width, offsetHeight: height } = this.button;
    const beside = edge - text >= width + 8;
    const place = { left: Math.min(edge, innerWidth) - width - 6, top: beside ? top - 4 : bottom + 6 };
    this.button.hidden = place.top < 0 || place.top > innerHeight - height;
    this.button.style.left = `${place.left}px`;
    this.button.style.top = `${place.top}px`;
  }

  #makeCard() {
    this.card = make("div", { className: "composing", hidden: true });
    this.card.setAttribute("role", "group");
    this.card.setAttribute("aria-label", "New comment");
    this.quoted = make("p", { className: "passage" });
    this.field = make("textarea", { rows: 3, dir: "auto" });
    this.field.setAttribute("aria-label", "Comment on these words");
    const done = make("button", { type: "button", className: "main", textContent: "Comment" });
    const cancel = make("button", { type: "button", className: "plain", textContent: "Cancel" });
    done.addEventListener("click", () => this.#finish());
    cancel.addEventListener("click", () => this.cancel());
    this.field.addEventListener("input", () => this.#keep());
    this.card.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.#finish();
      else if (event.key === "Escape" && !event.defaultPrevented && !this.field.value.trim()) this.cancel();
      else return;
      event.preventDefault();
    });
    const acts = make("div", { className: "acts" });
    acts.append(done, cancel);
    this.card.append(this.quoted, this.field, acts);
    this.panel.element.querySelector(".said-so-far").before(this.card);
  }

  // What is selected; of a note at the caret only what nobody has commented on yet.
  #meant() {
    const selection = this.passages.selection();
    return selection?.near && this.passages.now ? null : selection;
  }

  // On the words selected now; without any, the thread at the caret is answered.
  begin() {
    const selection = this.#meant();
    if (!selection) {
      if (this.passages.now) this.panel.open(this.passages.now, { answering: true });
      else this.panel.say("Select the words first that you want to comment on.");
      return;
    }
    this.passages.hold(selection);
    this.#show(this.passages.held(), this.field.value);
    this.button.hidden = true;
    this.field.focus({ preventScroll: true });
    this.card.scrollIntoView({ block: "nearest" });
    this.passages.ground.querySelector(".commented.now")?.scrollIntoView({ block: "nearest" });
    this.#keep();
  }

  #show({ exact, onNote }, words) {
    const kind = make("span", { className: "kind", textContent: onNote ? "Note " : "" });
    this.quoted.replaceChildren(kind, make("q", { textContent: short(exact) }));
    this.field.value = words;
    this.card.hidden = false;
    this.panel.show(true);
    this.panel.rise(true);
  }

  #keep() {
    const anchor = this.passages.held();
    this.drafts.keep("new", this.field.value.trim() && anchor && { anchor, words: this.field.value });
  }

  async #finish() {
    const anchor = this.passages.held();
    if (!anchor) {
      this.panel.refuse(this.card, "These words are gone from the text. Cancel, and select others.");
      return;
    }
    const { exact, before, after, onNote } = anchor;
    const fields = { words: this.field.value, quote: exact, before, after, ...(onNote && { on_note: "on" }) };
    const key = await this.send(this.card, this.panel.element.dataset.address, fields);
    if (!key) return;
    this.#close();
    this.panel.open(key);
    this.panel.item(key)?.querySelector("summary").focus({ preventScroll: true });
    this.panel.say("Comment added.");
  }

  #close() {
    this.field.value = "";
    this.drafts.keep("new", null);
    this.card.hidden = true;
    this.panel.refuse(this.card, "");
    this.passages.release();
  }

  cancel() {
    this.#close();
    this.panel.rise(false);
    this.passages.back();
  }
}
