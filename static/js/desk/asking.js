// Asks the desk. What is answered comes back; that there was no answer is told as a sentence.
// The form's own: autosave renews it after a log-in in another tab; that of the log-out form stays.
const token = () => document.querySelector("#brief_form [name=csrfmiddlewaretoken]").value;

const LOGGED_OUT = "You are logged out, or may not do that. Log in again in another tab; your text is still here.";

export class Refused extends Error {}

export async function ask(url, { fields = null, signal } = {}) {
  const body = fields && new URLSearchParams(fields);
  const headers = body ? { "X-CSRFToken": token() } : {};
  let answer;
  try {
    answer = await fetch(url, { method: body ? "POST" : "GET", body, headers, signal, redirect: "manual" });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refused("The desk does not answer. Your text is still here; try again in a moment.");
  }
  if (answer.type === "opaqueredirect" || answer.status === 403) throw new Refused(LOGGED_OUT);
  const json = answer.headers.get("Content-Type")?.startsWith("application/json");
  const content = json ? await answer.json() : await answer.text();
  if (json && content.error) throw new Refused(content.error);
  if (answer.ok || answer.status === 422) return { content, ok: answer.ok };
  throw new Refused("The desk could not do that. Try again in a moment.");
}
