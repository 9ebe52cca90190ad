// The list of threads as it stands in the page: its scripts put each where its passage stands now,
// and bring in what others have said without touching what is being typed.
const SHOWN = "comments:beside";

const make = (tag, given = {}) => Object.assign(document.createElement(tag), given);

export class Panel {
  #sources = new WeakMap();

  constructor(element, { chosen }) {
    this.element = element;
    this.aside = element.closest(".sheet-aside");
    this.status = make("p", { className: "visually-hidden" });
    this.status.setAttribute("role", "status");
    element.append(this.status);
    element.classList.add("live");
    for (const item of this.items()) this.#dress(item, item.outerHTML);
    element.querySelector(".hint").hidden = false;
    element.addEventListener("click", (event) => {
      const passage = event.target.closest("button.show");
      if (passage) chosen(this.thread(passage.closest(".thread")));
    });
    this.#offerChoice();
  }

  items() {
    return [...this.element.querySelectorAll(".thread")];
  }

  item(key) {
    return this.element.querySelector(`#thread-${CSS.escape(key)}`);
  }

  thread(item) {
    const { quote, before, after, onNote, resolved } = item.dataset;
    const whole = !quote && onNote === undefined;
    return { key: item.id.slice(7), anchor: { exact: quote, before, after }, onNote: onNote !== undefined, whole, resolved: resolved !== undefined };
  }

  threads() {
    return this.items().map((item) => this.thread(item));
  }

  #dress(item, source) {
    this.#sources.set(item, source);
    const passage = item.querySelector(".passage");
    if (this.thread(item).whole) return;
    const button = make("button", { type: "button", className: "show" });
    button.append(...passage.childNodes);
    button.append(make("span", { className: "visually-hidden", textContent: " – show in the text" }));
    passage.append(button);
  }

  // Takes over a list that the server has written; what did not change is not touched.
  receive(html) {
    const { content } = make("template", { innerHTML: html });
    const fresh = [...content.querySelectorAll(".thread")];
    const kept = new Set(fresh.map((item) => item.id));
    const news = [];
    for (const item of this.items()) if (!kept.has(item.id)) item.remove();
    for (const item of fresh) {
      const former = document.getElementById(item.id);
      if (former && this.#sources.get(former) === item.outerHTML) continue;
      this.#dress(item, item.outerHTML);
      if (former) this.#exchange(former, item);
      else this.element.querySelector(`[data-list="${"resolved" in item.dataset ? "resolved" : "open"}"]`).append(item);
      news.push(item.id.slice(7));
    }
    return news;
  }

  #exchange(former, item) {
    const answer = former.querySelector(".answer");
    const field = answer.querySelector("textarea");
    const [typing, start, end] = [document.activeElement === field, field.selectionStart, field.selectionEnd];
    item.classList.toggle("now", former.classList.contains("now"));
    item.querySelector(".answer").replaceWith(answer);
    former.replaceWith(item);
    if (!typing) return;
    field.focus();
    field.setSelectionRange(start, end);
  }

  // Each thread in its list, in the order of the text; `order` says where passages stand.
  arrange(order) {
    const lists = { open: [], gone: [], resolved: [] };
    for (const item of this.items()) {
      const thread = this.thread(item);
      const place = thread.whole ? -1 : order?.get(thread.key);
      const gone = order && place === undefined;
      lists[thread.resolved ? "resolved" : gone ? "gone" : "open"].push([place ?? 0, Number(thread.key), item]);
    }
    for (const [name, entries] of Object.entries(lists)) {
      if (name !== "resolved" && order) entries.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
      this.#fill(this.element.querySelector(`[data-list="${name}"]`), entries.map(([, , item]) => item));
      const shelf = this.element.querySelector(`[data-shelf="${name}"]`);
      if (shelf) shelf.hidden = !entries.length;
    }
    this.element.querySelector('[data-count="resolved"]').textContent = lists.resolved.length;
    const open = lists.open.length + lists.gone.length;
    this.element.classList.toggle("empty", !open);
    this.choice.lastChild.lastChild.textContent = open ? ` ${open}` : "";
    return open;
  }

  // Moves only what stands elsewhere: a field that is moved would lose the cursor.
  #fill(list, items) {
    items.forEach((item, index) => {
      if (list.children[index] !== item) list.insertBefore(item, list.children[index] ?? null);
    });
  }

  current(key) {
    for (const item of this.items()) item.classList.toggle("now", item.id === `thread-${key}`);
  }

  // Shows the thread; `answering` puts the cursor into its reply.
  open(key, { answering = false } = {}) {
    const item = this.item(key);
    if (!item) return;
    this.show(true);
    this.rise(true);
    this.current(key);
    if (item.closest("details.done")) item.closest("details.done").open = true;
    if (answering) {
      item.querySelector(".answer").open = true;
      item.querySelector(".answer textarea").focus({ preventScroll: true });
    }
    item.scrollIntoView({ block: "nearest" });
  }

  // Why something was not done, beside it.
  refuse(place, words) {
    place.querySelector(":scope > .refused")?.remove();
    if (!words) return;
    const sentence = make("p", { className: "refused", textContent: words });
    sentence.setAttribute("role", "alert");
    place.append(sentence);
  }

  // Where one is after having done something, and that it is done.
  after(act, key) {
    this.say({ reply: "Reply sent.", resolve: "Resolved.", reopen: "Open again.", delete: "Deleted.", begin: "Comment added." }[act]);
    const item = this.item(key);
    if (item && act !== "resolve") this.open(key);
    const next = (act === "resolve" ? null : item?.querySelector("summary")) ?? this.element.querySelector("h2");
    next.focus({ preventScroll: true });
  }

  say(words) {
    this.status.textContent = words;
  }

  // Beside the text stand either the details of the brief or the comments.
  #offerChoice() {
    this.choice = make("div", { className: "beside-choice" });
    this.choice.setAttribute("role", "group");
    this.choice.setAttribute("aria-label", "Beside the text");
    for (const [label, comments] of [["Details", false], ["Comments", true]]) {
      const button = make("button", { type: "button", textContent: label });
      button.append(make("span", { className: "count" }));
      button.addEventListener("click", () => {
        this.show(comments);
        sessionStorage[SHOWN] = comments ? "comments" : "details";
      });
      this.choice.append(button);
    }
    this.aside.prepend(this.choice);
    this.lower = make("button", { type: "button", className: "lower plain", textContent: "Close" });
    this.lower.addEventListener("click", () => this.rise(false));
    this.element.querySelector("h2").after(this.lower);
  }

  begin() {
    const open = this.items().some((item) => !this.thread(item).resolved);
    const faulty = document.querySelector(".errornote, .conflict");
    const asked = /^#(comments|thread-\d+)$/.test(location.hash);
    this.show(asked || (!faulty && (sessionStorage[SHOWN] ? sessionStorage[SHOWN] === "comments" : open)));
  }

  show(comments) {
    this.aside.classList.add("chosen");
    this.aside.classList.toggle("shows-comments", comments);
    [...this.choice.children].forEach((button, index) => button.setAttribute("aria-pressed", String(Boolean(index) === comments)));
  }

  // On a narrow screen the panel rises over the text while a passage is spoken about.
  rise(up) {
    this.element.classList.toggle("risen", up);
  }
}
