// Shows and hides the preview of what is typed: beside the text, or on a narrow window over it. This
// browser remembers which. The others of this name ask for it, draw it, and find places in it; they
// hear "beside:open" and "beside:close".
const KEY = "desk:beside";
const pane = document.getElementById("beside");
const toggle = document.querySelector(".beside-toggle");
const bar = document.querySelector(".stage-bar");
const wide = matchMedia("(min-width: 64rem)");
let covered = [];

function remembered() {
  try {
    return localStorage[KEY] === "yes";
  } catch {
    return false;
  }
}

function remember(open) {
  try {
    localStorage[KEY] = open ? "yes" : "no";
  } catch {
    // Forbidden: the next page begins without it.
  }
}

// What lies under the preview of a narrow window is out of reach for as long.
function cover() {
  for (let element = pane; element !== document.body; element = element.parentElement) {
    covered.push(...[...element.parentElement.children].filter((other) => other !== element && !other.inert));
  }
  for (const element of covered) element.inert = true;
}

function uncover() {
  for (const element of covered) element.inert = false;
  covered = [];
}

function show(open) {
  if (pane.hidden !== open) return;
  const inside = pane.contains(document.activeElement);
  pane.hidden = !open;
  toggle.setAttribute("aria-pressed", String(open));
  uncover();
  if (open && !wide.matches) {
    cover();
    pane.querySelector(".beside-back").focus();
  }
  pane.dispatchEvent(new Event(open ? "beside:open" : "beside:close"));
  if (inside) toggle.focus();
}

function turn() {
  show(pane.hidden);
  remember(!pane.hidden);
}

if (pane && toggle) {
  toggle.hidden = false;
  toggle.addEventListener("click", turn);
  pane.querySelector(".beside-back").addEventListener("click", () => show(false));
  pane.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !wide.matches) show(false);
  });
  addEventListener("keydown", (event) => {
    if (event.code !== "KeyP" || !event.ctrlKey || !event.altKey || event.shiftKey || event.metaKey || event.getModifierState("AltGraph")) return;
    event.preventDefault();
    turn();
  });
  // The bar may need two lines: the preview begins below it, and the tools of the text.
  new ResizeObserver(() => document.documentElement.style.setProperty("--bar", `${bar.offsetHeight}px`)).observe(bar);
  wide.addEventListener("change", () => {
    show(false);
    if (wide.matches) show(remembered());
  });
  // After the modules that listen.
  addEventListener("DOMContentLoaded", () => show(wide.matches && remembered()));
}
