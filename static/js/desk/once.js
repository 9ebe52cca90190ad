// A form that acts is sent once, however often its button is pressed; again only where the sending
// was stopped (Esc), which nothing tells: after a while.
const RELEASE = 30000;
function release() {
  document.documentElement.classList.remove("busy");
  for (const form of document.querySelectorAll("form[data-once]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
  }
}
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    for (const button of form.querySelectorAll("button[type=submit]")) {
      button.setAttribute("aria-disabled", "true");
    }
    document.documentElement.classList.add("busy");
    setTimeout(release, RELEASE);
  });
}
// Coming back by the browser's history finds the form ready again.
addEventListener("pageshow", release);
