// A line below the note's text: the place in the source that is selected, or the address of a link.
import { crel } from "django-prose-editor/editor";
import { nameOf } from "./note-html.js";

const ANY = "00000000-0000-0000-0000-000000000000"; // stands for the key in the address of a source
const ADDRESS = /^(https?:\/\/.|mailto:.)/i;

export class Place {
  constructor(text, { change, finish }) {
    Object.assign(this, { text, change, finish });
    this.element = crel("p", { className: "note-place", hidden: true });
  }

  show(...children) {
    this.element.replaceChildren(...children);
    this.element.hidden = !children.length;
  }

  // `Enter` in a field of the line.
  entered(field, act) {
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      if (event.ctrlKey || event.metaKey) this.finish();
      else act();
    });
  }

  follow() {
    const { node, from } = this.text.state.selection;
    if (node?.type.name !== "cite") this.show();
    else if (this.element.hidden || !this.element.contains(document.activeElement)) this.showCite(node, from);
  }

  showCite(node, from) {
    const { source, locator } = node.attrs;
    const name = crel("cite", { textContent: nameOf(source), dir: "auto" });
    const field = crel("input", { id: "note-locator", value: locator, placeholder: "p. 4", maxLength: 200, autocomplete: "off" });
    const label = crel("label", { htmlFor: field.id }, ["Place in ", name]);
    const link = crel("a", { href: this.change.replace(ANY, source), target: "_blank", textContent: "Correct the source" });
    field.addEventListener("input", () => {
      this.text.view.dispatch(this.text.state.tr.setNodeAttribute(from, "locator", field.value.trim()));
      this.text.commands.setNodeSelection(from);
    });
    this.entered(field, () => {
      this.text.commands.setTextSelection(from + 1);
      this.text.view.focus(); // at once: the next letter is the note's
    });
    this.show(label, field, link);
  }

  askLink() {
    const href = this.text.getAttributes("link").href ?? "https://";
    const field = crel("input", { id: "note-link", type: "url", value: href });
    const button = crel("button", { type: "button", textContent: "Set link" });
    button.addEventListener("click", () => this.setLink(field.value.trim()));
    this.entered(field, () => this.setLink(field.value.trim()));
    this.show(crel("label", { htmlFor: field.id, textContent: "Address" }), field, button);
    field.focus();
    field.select();
  }

  // Without words to carry it, the address itself is the link's text.
  setLink(href) {
    const { text } = this;
    const chain = text.chain().focus().extendMarkRange("link");
    if (!ADDRESS.test(href)) chain.unsetLink().run();
    else if (text.state.selection.empty && !text.isActive("link")) {
      const link = crel("a", { href, textContent: href });
      chain.insertContent(link.outerHTML).run();
    } else chain.setLink({ href }).run();
    this.show();
  }
}
