// After an @, the names of those who may open this brief: a list to choose from by keys or pointer.
// The name stands in the words; whom it means is found where they are stored.
const SHOWN = 6;
let field = null;
let list = null;
let count = 0;

const make = (tag, given = {}) => Object.assign(document.createElement(tag), given);

function typed() {
  const before = field.value.slice(0, field.selectionStart);
  return /(?:^|[\s(])@([^@\n]{0,40})$/.exec(before)?.[1] ?? null;
}

function close() {
  list?.remove();
  list = null;
  field?.removeAttribute("aria-activedescendant");
  field?.removeAttribute("aria-controls");
}

function choose(name) {
  const start = field.selectionStart - typed().length;
  field.setRangeText(`${name} `, start, field.selectionStart, "end");
  close();
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function activate(option) {
  for (const other of list.children) other.setAttribute("aria-selected", String(other === option));
  field.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

const active = () => list.querySelector('[aria-selected="true"]');

function offer(names) {
  const start = typed()?.toLowerCase();
  const fitting = start === undefined ? [] : names.filter((name) => ` ${name.toLowerCase()}`.includes(` ${start}`));
  close();
  if (!fitting.length || fitting.some((name) => `${name.toLowerCase()} ` === start)) return;
  list = make("ul", { className: "mentions", id: "mentions" });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "People who may open this brief");
  for (const name of fitting.slice(0, SHOWN)) {
    const option = make("li", { id: `mention-${(count += 1)}`, textContent: name });
    option.setAttribute("role", "option");
    option.addEventListener("mousedown", (event) => {
      event.preventDefault();
      choose(name);
    });
    list.append(option);
  }
  field.after(list);
  field.setAttribute("aria-controls", list.id);
  activate(list.firstChild);
}

const KEYS = {
  ArrowDown: () => activate(active().nextSibling ?? list.firstChild),
  ArrowUp: () => activate(active().previousSibling ?? list.lastChild),
  Enter: () => choose(active().textContent),
  Tab: () => choose(active().textContent),
  Escape: close,
};

export function offerMentions(panel, names) {
  panel.addEventListener("input", ({ target }) => {
    if (target.tagName !== "TEXTAREA") return;
    if (field !== target) close();
    field = target;
    field.setAttribute("aria-autocomplete", "list");
    offer(names);
  });
  panel.addEventListener("keydown", (event) => {
    const modified = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
    if (!list || event.target !== field || modified || !KEYS[event.key]) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    KEYS[event.key]();
  }, true);
  panel.addEventListener("focusout", ({ target }) => target === field && close());
}
