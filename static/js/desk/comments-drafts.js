// What is being said is kept in this tab until it is sent: saving the brief loads the page anew.
export class Drafts {
  constructor(address) {
    this.key = `said:${address}`;
    this.kept = JSON.parse(sessionStorage[this.key] ?? "{}");
  }

  keep(name, value) {
    if (value) this.kept[name] = value;
    else delete this.kept[name];
    try {
      sessionStorage[this.key] = JSON.stringify(this.kept);
    } catch {
      // Full or forbidden: it stands in its field all the same.
    }
  }

  restore(panel) {
    for (const field of panel.querySelectorAll("textarea[name]")) {
      if (typeof this.kept[field.name] !== "string") continue;
      field.value = this.kept[field.name];
      field.closest("details").open = true;
    }
  }
}
