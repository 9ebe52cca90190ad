// How things stand, in the bar: whether what is written is kept, what others did, who is there.
// What changes often is only shown; what is new is said once to those who do not see it.
const state = document.querySelector(".keeping");
const events = document.querySelector(".events");
const people = document.querySelector(".people");
const voice = document.querySelector(".stage-bar [role=status]");
let kind = "";

function say(sentence) {
  voice.textContent = sentence;
}

function link(url, label) {
  return Object.assign(document.createElement("a"), { href: url, target: "_blank", textContent: label });
}

// `parts` are words and elements. A kind is said when it begins: "kept 14:06" after "kept 14:05" is no news.
export function showState(of, ...parts) {
  state.replaceChildren(...parts);
  state.classList.toggle("warned", !["", "kept"].includes(of));
  if (of !== kind && of) say(state.textContent);
  kind = of;
}

export function showFailure(why, since, login) {
  const sentences = {
    lost: ["Your text can be kept neither on the server nor in this browser: copy it before you close this window."],
    out: ["You are logged out. ", link(login, "Log in in another tab"), "; your text is kept here."],
    other: ["Somebody else is logged in in this browser now; your text is kept here for you alone."],
    long: ["Too long to be kept on the server unsaved; your text is kept in this browser."],
    gone: ["This brief is not there for you any more; your text is kept in this browser."],
    away: [`Not saved on the server since ${since}; your text is kept in this browser.`],
  };
  showState(why, ...sentences[why]);
}

export function showEvent({ sentence, closed, url }) {
  const [words, offered] = closed
    ? [`${sentence} It cannot be edited now; what you type is kept. `, "Open it as it stands"]
    : [`${sentence} Your save will be compared with it. `, "Open the saved version"];
  events.replaceChildren(words, link(url, offered));
  events.hidden = false;
  say(words);
}

export function showPeople(sentences) {
  const shown = [...people.children].map((item) => item.textContent);
  if (shown.join() === sentences.join()) return;
  people.replaceChildren(...sentences.map((sentence) => Object.assign(document.createElement("li"), { textContent: sentence })));
  people.hidden = !sentences.length;
  const bare = (sentence) => sentence.replace(/, last typed.*/, "").replace(/\.$/, "");
  const news = sentences.filter((sentence) => !shown.map(bare).includes(bare(sentence)));
  if (news.length) say(news.join(" "));
}
