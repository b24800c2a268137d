// Brings one field to the server and says what became of it.
import { t } from "./words.js";

const KINDS = { 200: "saved", 401: "login", 403: "refused", 404: "refused", 409: "conflict", 410: "gone", 422: "refused" };

export class Courier {
  constructor(form) {
    this.form = form;
    this.url = form.dataset.autosave;
  }

  /** kind: saved, conflict, gone (no such field any more), refused, login, answer (a fault of the server) or offline. */
  async bring(field, raw, seen, leaving = false) {
    try {
      const first = await this.send(field, raw, seen, leaving);
      if (first.reply.status !== 403 || leaving) return first;
      const refusal = await this.renew();
      if (refusal === null) return first;
      return refusal ? { kind: "refused", reply: { message: refusal } } : await this.send(field, raw, seen, false);
    } catch {
      return { kind: "offline", reply: {} };
    }
  }

  async send(field, raw, seen, leaving) {
    const answer = await fetch(this.url, {
      method: "POST",
      keepalive: leaving,
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.token().value },
      body: JSON.stringify({ field, raw, seen }),
    });
    const reply = await answer.json().catch(() => ({}));
    const kind = KINDS[answer.status] ?? "answer";
    // Refused because of the application's state is a 409, too, but has no second text to choose from.
    const alone = kind === "conflict" && reply.theirs === undefined;
    return { kind: alone ? "refused" : kind, reply: { ...reply, status: answer.status } };
  }

  token() {
    return this.form.querySelector("input[name=csrfmiddlewaretoken]");
  }

  /**
   * Whoever signs in at another tab makes this page's token old: take the new one, for the same person only.
   * "" when it has come, else why not; null when the page itself is not to be had.
   */
  async renew() {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const form = page.querySelector("form[data-autosave]");
    if (!form) return null;
    if (form.dataset.owner !== this.form.dataset.owner) return t("现在登录的是另一个账号。请用原来的账号重新登录。");
    const fresh = form.querySelector("input[name=csrfmiddlewaretoken]").value;
    document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((input) => {
      input.value = fresh;
    });
    return "";
  }
}
