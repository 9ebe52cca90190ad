// Asks for a picture, its words and its credit, and sends the file. In <body>, outside the form of the
// brief; what was filled in stays until it is taken in or cancelled. Opened by pictures.js.
const LOGGED_OUT = "You are not logged in any more. Log in in another tab, then try again; nothing here is lost.";
const SENTENCES = {
  0: "The picture could not be sent: there is no connection. Try again.",
  403: LOGGED_OUT,
  413: "The picture is too large to be sent.",
};
const KINDS = "image/jpeg,image/png,image/webp";
let asked; // what the dialog was opened with
let request;

const make = (tag, properties = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in made) made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
};

function field(input, label, help) {
  const id = `picture-${input.name}`;
  Object.assign(input, { id, autocomplete: "off" });
  const said = make("p", { id: `${id}-help`, className: "help", textContent: help });
  if (help) input.setAttribute("aria-describedby", said.id);
  return make("div", { className: "dialog-field" }, make("label", { htmlFor: id, textContent: label }), input, ...(help ? [said] : []));
}

const file = make("input", { type: "file", name: "file", accept: KINDS });
const alt = make("textarea", { name: "alt", rows: 3, required: true, dir: "auto" });
const caption = make("input", { type: "text", name: "caption", dir: "auto" });
const credit = make("input", { type: "text", name: "credit", maxLength: 300, dir: "auto" });
const title = make("h2", { id: "picture-title" });
const thumbnail = make("img", { className: "dialog-thumbnail", alt: "", hidden: true });
const error = make("p", { className: "dialog-error", role: "alert" });
const progress = make("progress", { max: 1, "aria-label": "Sending", hidden: true });
const said = make("p", { className: "help", role: "status" });
const submit = make("button", { type: "submit", className: "main" });
const cancel = make("button", { type: "button", textContent: "Cancel" });
const captionField = field(caption, "Caption", "Stands below the picture. Notes and italics are added there.");
const fileField = field(file, "File", "JPEG, PNG or WebP.");
const form = make(
  "form",
  { noValidate: true },
  title,
  thumbnail,
  fileField,
  field(alt, "Alternative text", "What it shows that matters here, in a sentence or two, for those who can’t see it."),
  captionField,
  field(credit, "Credit", "Whose it is, as it is to be printed: “Photo: A. Khan”."),
  error,
  make("div", { className: "dialog-progress" }, progress, said),
  make("div", { className: "dialog-buttons" }, submit, cancel),
);
const dialog = make("dialog", { className: "desk-dialog picture-dialog", "aria-labelledby": "picture-title" }, form);
document.body.append(dialog);

const tidied = (value) => value.trim().replace(/\s+/g, " ");

function refuse(sentence, at) {
  error.textContent = sentence;
  for (const input of [file, alt]) input.toggleAttribute("aria-invalid", false);
  at?.setAttribute("aria-invalid", "true");
  at?.focus();
}

function wrong(chosen) {
  if (!KINDS.split(",").includes(chosen.type)) return "This is not a picture in JPEG, PNG or WebP.";
  const { maxBytes } = asked.options;
  return chosen.size > maxBytes ? `The picture is larger than ${Math.floor(maxBytes / 1048576)} MB.` : "";
}

function look() {
  const [chosen] = file.files;
  const sentence = chosen ? wrong(chosen) : "";
  refuse(sentence, sentence ? file : null);
  thumbnail.hidden = Boolean(sentence) || !(chosen || asked.thumbnail);
  if (!chosen) thumbnail.src = asked.thumbnail ?? "";
  else if (!sentence) {
    const reader = new FileReader();
    reader.addEventListener("load", () => (thumbnail.src = reader.result));
    reader.readAsDataURL(chosen);
  }
}

function busy(is) {
  submit.setAttribute("aria-disabled", String(is));
  progress.hidden = !is;
  if (is) progress.removeAttribute("value");
  said.textContent = is ? "Sending the picture…" : "";
}

const token = () =>
  document.cookie.match(/(?:^|; )(?:__Host-csrf|csrftoken)=([^;]+)/)?.[1] ??
  document.querySelector("#brief_form [name=csrfmiddlewaretoken]")?.value ?? "";

// Gives what the desk says of the picture; throws a sentence.
function send(chosen) {
  return new Promise((resolve, reject) => {
    request = new XMLHttpRequest();
    request.responseType = "json";
    request.open("POST", asked.options.upload);
    request.setRequestHeader("X-CSRFToken", token());
    request.upload.addEventListener("progress", ({ loaded, total, lengthComputable }) => {
      if (!lengthComputable) return;
      progress.value = loaded / total;
      if (loaded === total) said.textContent = "Making it ready…";
    });
    request.addEventListener("loadend", () => {
      const { status, response } = request;
      if (response?.src) resolve(response);
      else if (response?.error) reject(response.error);
      else reject(SENTENCES[status] ?? (status === 200 ? LOGGED_OUT : "The desk did not answer. Try again in a moment."));
    });
    const data = new FormData();
    data.append("picture", chosen);
    request.send(data);
  });
}

async function take() {
  const [chosen] = file.files;
  const sentence = chosen ? wrong(chosen) : asked.attributes ? "" : "Choose a picture.";
  if (sentence) return refuse(sentence, file);
  if (!tidied(alt.value)) return refuse("Say what the picture shows: it needs an alternative text.", alt);
  refuse("");
  const { attributes, done, editor } = asked;
  busy(true);
  try {
    const picture = chosen ? await send(chosen) : {};
    if (!dialog.open) return;
    dialog.close();
    editor.view.focus();
    done({ ...attributes, ...picture, alt: tidied(alt.value), credit: tidied(credit.value) }, tidied(caption.value));
  } catch (reason) {
    if (dialog.open) refuse(String(reason));
    if (dialog.open) submit.focus();
  } finally {
    busy(false);
  }
}

document.addEventListener("desk:picture", ({ detail }) => {
  asked = detail;
  form.reset();
  const isNew = !asked.attributes;
  title.textContent = isNew ? "Insert a picture" : "Picture";
  submit.textContent = isNew ? "Insert" : "Apply";
  fileField.firstChild.textContent = isNew ? "File" : "Another file in its place";
  captionField.hidden = !isNew;
  alt.value = asked.attributes?.alt ?? "";
  credit.value = asked.attributes?.credit ?? "";
  if (asked.file) {
    const transfer = new DataTransfer();
    transfer.items.add(asked.file);
    file.files = transfer.files;
  }
  dialog.showModal();
  look();
  if (!error.textContent) (isNew && !asked.file ? file : alt).focus();
});
file.addEventListener("change", look);
cancel.addEventListener("click", () => dialog.close());
dialog.addEventListener("close", () => {
  request?.abort();
  asked.editor.view.focus();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (submit.getAttribute("aria-disabled") !== "true") take();
});
