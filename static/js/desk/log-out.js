// Whoever logs out leaves nothing of their texts in the browser.
document.getElementById("logout-form")?.addEventListener("submit", () => {
  for (const storage of [sessionStorage, localStorage]) {
    for (const key of Object.keys(storage)) if (/^brief(-unsent)?:/.test(key)) storage.removeItem(key);
  }
});
