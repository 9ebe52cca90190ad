// Offers back what was written and not saved: one banner, the newest first, or at a new brief the list
// of those never saved.
import { bar, form, page, text, told, written } from "./form.js";
import { forget, kept } from "./kept.js";

const UNTITLED = "Without a title";

function all() {
  const found = new Map(page.copies.map((copy) => [copy.sitting, copy]));
  for (const row of kept()) {
    const title = row.fields.find(([name]) => name === "title")?.[1] ?? "";
    // The browser keeps what did not reach the server: of one sitting it has the newer.
    found.set(row.sitting, { title, ...found.get(row.sitting), ...row });
  }
  return [...found.values()].sort((one, other) => other.at - one.at);
}

async function read(offer) {
  if (offer.fields) return offer.fields;
  const response = await fetch(`${page.url}?sitting=${encodeURIComponent(offer.sitting)}`, { redirect: "error" });
  if (!response.ok) throw new Error(String(response.status));
  return (await response.json()).fields;
}

function button(label, name, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: label });
  if (name) made.setAttribute("aria-label", `${label}: ${name}`);
  made.addEventListener("click", act);
  return made;
}

function line(tag, ...parts) {
  const made = document.createElement(tag);
  made.append(...parts);
  return made;
}

// Whoever pressed a button that goes is led on: to the next offer, or to the form.
function leadOn() {
  (document.querySelector(":is(.offer, .offers) button") ?? form.elements.title)?.focus();
}

// The two buttons of an offer. `done` is told when it was taken or thrown away.
function choices(offer, [take, drop], name, { bringBack, discard }, done) {
  const failed = line("p");
  failed.setAttribute("role", "alert");
  const bring = button(take, name, async () => {
    try {
      const fields = await read(offer);
      forget(offer.sitting);
      await bringBack(offer, fields);
      done(true);
      form.elements.title?.focus();
    } catch {
      failed.textContent = "It could not be fetched just now. Try once more in a moment.";
    }
  });
  const leave = button(drop, name, () => {
    forget(offer.sitting);
    discard(offer);
    done(false);
  });
  return [bring, leave, failed];
}

function sentences(offer) {
  const said = [`You have changes from ${told(offer.at)} that were not saved.`];
  if (offer.since) said.push(`${offer.since} If you bring yours back, your save will be compared with that.`);
  if (offer.open) said.push("They may still be open in another window.");
  return said.join(" ");
}

function banner(className, label, ...parts) {
  const made = line("section", ...parts);
  made.className = `closed ${className}`;
  made.setAttribute("aria-label", label);
  bar.after(made);
  return made;
}

// One at a time. What is the same as what is stored is no change, and thrown away unsaid.
async function offerNext(offers, acts) {
  const [offer, ...others] = offers;
  if (!offer) return;
  try {
    offer.fields = await read(offer);
  } catch {
    return offerNext(others, acts); // gone meanwhile, or not to be had: asked again when next opened
  }
  if (text(offer.fields) === text(written())) {
    forget(offer.sitting);
    acts.discard(offer);
    return offerNext(others, acts);
  }
  const shown = banner("offer", "Unsaved changes", line("p", sentences(offer)));
  const done = (taken) => {
    shown.remove();
    if (!taken) offerNext(others, acts).then(leadOn);
  };
  shown.append(...choices(offer, ["Bring them back", "Discard them"], "", acts, done));
}

function offerList(offers, acts) {
  const list = line("ul");
  const many = offers.length > 1;
  const shown = banner("offers", "Begun, but never saved", line("p", many ? `You began ${offers.length} briefs that were never saved:` : "You began a brief that was never saved:"), list);
  for (const offer of offers) {
    const title = Object.assign(line("bdi", offer.title || UNTITLED), { className: "title" });
    const item = line("li", title, line("span", told(offer.at)));
    const done = (taken) => {
      item.remove();
      if (taken || !list.children.length) shown.remove();
      if (!taken) leadOn();
    };
    item.append(...choices(offer, ["Bring it back", "Discard it"], offer.title || UNTITLED, acts, done));
    list.append(item);
  }
}

export function offerBack(acts, { isNew }) {
  const offers = all();
  if (offers.length) (isNew ? offerList : offerNext)(offers, acts);
}
