// select2 names its boxes by what is chosen in them, which may be nothing: here by their labels.
function name() {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const label = select.getAttribute("aria-label") ?? select.labels[0]?.textContent.trim();
    const box = select.parentElement.querySelector(".select2-selection");
    if (!box || !label) continue;
    const chosen = box.querySelector(".select2-selection__rendered");
    for (const element of [box, chosen]) {
      element?.removeAttribute("aria-labelledby");
      element?.setAttribute("aria-label", label);
    }
  }
}

// After the queue in which select2 makes its boxes.
addEventListener("load", () => window.django?.jQuery?.(() => setTimeout(name)));
document.addEventListener("formset:added", () => setTimeout(name));
