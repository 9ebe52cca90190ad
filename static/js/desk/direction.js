// In the editor each block runs as its own words do, as `prose.directed` lets it run on the page;
// what has no letters yet runs as the brief's language. Loaded by django-prose-editor; each export
// is an extension of that name. Shown by classes: `dir` itself would be stored.
import { Extension, Plugin, pm } from "django-prose-editor/editor";

const { Decoration, DecorationSet } = pm.view;
const ADDRESS = /\b(?:https?:\/\/|www\.)\S+/g; // Latin in every language
const LETTER = /\p{L}/gu;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;
const language = document.getElementById("id_language");
const lines = ["title", "subtitle", "summary", "disclaimer", "cover_alt"]
  .map((name) => document.getElementById(`id_${name}`))
  .filter(Boolean);

const usual = () => (language?.dataset.rightToLeft.split(" ").includes(language.value) ? "rtl" : "ltr");

function direction(text, around) {
  const letters = text.replace(ADDRESS, "").match(LETTER) ?? [];
  const right = letters.filter((letter) => RIGHT_TO_LEFT.test(letter)).length;
  const other = around === "rtl" ? letters.length - right : right;
  const first = RIGHT_TO_LEFT.test(letters[0]) ? "rtl" : "ltr";
  return letters.length && first !== around && 2 * other >= letters.length ? first : around;
}

function decorations(doc) {
  const found = [];
  const visit = (parent, start, around) => {
    parent.forEach((node, offset) => {
      if (!node.isBlock) return;
      const row = node.type.name === "tableRow"; // its cells change places with its direction
      const own = node.attrs.dir ?? (row ? around : direction(node.textBetween(0, node.content.size, " "), around));
      const position = start + offset;
      if (own !== around) found.push(Decoration.node(position, position + node.nodeSize, { class: `runs-${own}` }));
      visit(node, position + 1, own);
    });
  };
  visit(doc, 0, usual());
  return DecorationSet.create(doc, found);
}

export const Direction = Extension.create({
  name: "direction",
  addProseMirrorPlugins: () => [
    new Plugin({
      state: {
        init: (_config, state) => decorations(state.doc),
        apply: (change, before, _old, state) =>
          change.docChanged || change.getMeta("language") ? decorations(state.doc) : before,
      },
      props: {
        decorations(state) {
          return this.getState(state);
        },
      },
    }),
  ],
  onCreate() {
    const { view } = this.editor;
    const follow = () => {
      for (const element of [view.dom, ...lines]) {
        element.lang = language?.value ?? "";
        element.dir = element.value ? "auto" : usual();
      }
      view.dispatch(view.state.tr.setMeta("language", true).setMeta("addToHistory", false));
    };
    language?.addEventListener("change", follow);
    for (const line of lines) {
      line.addEventListener("input", () => {
        line.dir = line.value ? "auto" : usual();
      });
    }
    follow();
  },
});
