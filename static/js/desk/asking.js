// Asks the desk. What is answered comes back; that there was no answer is told as a sentence.
const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;

export class Refused extends Error {}

export async function ask(url, { fields = null, signal } = {}) {
  const body = fields && new URLSearchParams(fields);
  const headers = body ? { "X-CSRFToken": token() } : {};
  let answer;
  try {
    answer = await fetch(url, { method: body ? "POST" : "GET", body, headers, signal, redirect: "error" });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refused("The desk does not answer. Your text is still here; try again in a moment.");
  }
  const json = answer.headers.get("Content-Type")?.startsWith("application/json");
  const content = json ? await answer.json() : await answer.text();
  if (json && content.error) throw new Refused(content.error);
  if (answer.ok || answer.status === 422) return { content, ok: answer.ok };
  if (answer.status === 403) throw new Refused("You may not do that, or you are logged out. Log in again in another tab.");
  throw new Refused("The desk could not do that. Try again in a moment.");
}
