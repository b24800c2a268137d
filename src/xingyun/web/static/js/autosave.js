// Saves a field when it is left, and two seconds after typing. Nothing typed is lost: it stays in the page and in
// the mirror until the server has it.
import { el, say } from "./make.js";
import { Mirror } from "./mirror.js";
import { parse, swap } from "./panel.js";
import { read, seen, write } from "./values.js";
import { t } from "./words.js";

const PAUSE = 2000;
const RETRY = 15000;
const PATIENCE = 5000;

class Autosave {
  constructor(form) {
    this.form = form;
    this.url = form.dataset.autosave;
    this.mirror = new Mirror(form.dataset.owner, this.url);
    this.fields = new Map();
    this.underWay = new Set();
    this.trouble = document.querySelector("[data-save-trouble]");
    form.querySelectorAll(".field[data-field]").forEach((field) => this.begin(field));
    document.addEventListener("visibilitychange", () => document.hidden && this.flush(true));
    window.addEventListener("online", () => this.flush());
    form.addEventListener("submit", (event) => this.submit(event));
    this.replay();
  }

  begin(field) {
    const state = { field, saved: read(field), busy: false, again: false, timer: 0 };
    this.fields.set(field.dataset.field, state);
    field.addEventListener("input", () => this.typed(state));
    field.addEventListener("change", () => this.save(state));
    field.addEventListener("focusout", () => this.save(state));
  }

  typed(state) {
    const raw = read(state.field);
    clearTimeout(state.timer);
    if (raw === state.saved) {
      this.mirror.drop(state.field.dataset.field);
      return;
    }
    this.mirror.keep(state.field.dataset.field, raw, seen(state.field).value);
    state.timer = setTimeout(() => this.save(state), PAUSE);
  }

  flush(leaving = false) {
    this.fields.forEach((state) => this.save(state, leaving));
  }

  /** The whole form waits for what is under way: else it would meet its own autosave as somebody else's. */
  async submit(event) {
    if (this.settled || !this.underWay.size) return;
    event.preventDefault();
    if (this.waiting) return;
    this.waiting = true;
    const enough = new Promise((done) => {
      setTimeout(done, PATIENCE);
    });
    await Promise.race([Promise.allSettled([...this.underWay]), enough]);
    this.settled = true;
    this.form.requestSubmit(event.submitter);
  }

  save(state, leaving = false) {
    const work = this.saveNow(state, leaving);
    this.underWay.add(work);
    work.finally(() => this.underWay.delete(work));
    return work;
  }

  async saveNow(state, leaving) {
    const raw = read(state.field);
    clearTimeout(state.timer);
    if (raw === state.saved || state.field.querySelector("[data-conflict]")) return;
    if (state.busy) {
      state.again = true;
      return;
    }
    state.busy = true;
    const { kind, reply } = await this.post(state.field.dataset.field, raw, seen(state.field).value, leaving);
    state.busy = false;
    this.settle(state, raw, kind, reply);
    if (state.again) {
      state.again = false;
      await this.saveNow(state, leaving);
    }
  }

  settle(state, raw, kind, reply) {
    if (kind === "saved") this.saved(state, raw, reply);
    else if (kind === "conflict") this.conflict(state, reply);
    else this.failed(state, kind, reply);
  }

  /** Send one field. kind: saved, conflict, refused, login, answer (a fault of the server) or offline. */
  async post(field, raw, digest, leaving = false) {
    let answer;
    try {
      answer = await fetch(this.url, {
        method: "POST",
        keepalive: leaving,
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.token() },
        body: JSON.stringify({ field, raw, seen: digest }),
      });
    } catch {
      return { kind: "offline", reply: {} };
    }
    const kinds = { 200: "saved", 401: "login", 409: "conflict", 422: "refused" };
    const kind = kinds[answer.status] ?? (answer.status === 403 || answer.status === 404 ? "refused" : "answer");
    const reply = await answer.json().catch(() => ({}));
    return { kind, reply: { ...reply, status: answer.status } };
  }

  token() {
    return this.form.querySelector("input[name=csrfmiddlewaretoken]").value;
  }

  saved(state, raw, reply) {
    const { field } = state;
    state.saved = raw;
    seen(field).value = reply.digest;
    if (read(field) === raw) this.mirror.drop(field.dataset.field);
    this.showError(field, reply.error ?? "");
    if (reply.missing) {
      const panel = parse(reply.missing);
      swap(panel.id, panel);
    }
    this.trouble?.replaceChildren();
    document.querySelectorAll("[data-saved]").forEach((place) => {
      place.hidden = false;
      place.querySelector("span").textContent = t("{time} 已自动保存", { time: reply.saved_at });
    });
  }

  showError(field, text) {
    const place = field.querySelector("[data-error]");
    field.classList.toggle("err", Boolean(text));
    field.querySelectorAll("[name]").forEach((input) => input.type !== "hidden" && input.setAttribute("aria-invalid", String(Boolean(text))));
    if (!place) return;
    place.hidden = !text;
    place.querySelector("span").textContent = text;
  }

  failed(state, kind, reply) {
    this.mirror.keep(state.field.dataset.field, read(state.field), seen(state.field).value);
    if (kind === "refused") {
      this.tell(t("这一项没有存上：{reason}", { reason: reply.message ?? String(reply.status) }));
      return;
    }
    if (kind === "login") {
      const link = el("a", { href: `${reply.login}?next=${encodeURIComponent(location.pathname)}` }, t("重新登录"));
      this.tell(t("登录已过期，刚写的内容留在这台电脑上。重新登录后自动补存。"), link);
      return;
    }
    const offline = t("没有连上，刚写的内容留在这台电脑上，连上后自动补存。");
    const silent = t("服务器没有答复（{status}），内容留在这台电脑上，稍后再试。", { status: reply.status });
    this.tell(kind === "offline" ? offline : silent);
    clearTimeout(state.timer);
    state.timer = setTimeout(() => this.save(state), RETRY);
  }

  tell(text, ...more) {
    this.trouble?.replaceChildren(say("bad", el("p", {}, `${text} `, ...more)));
    document.querySelectorAll("[data-saved]").forEach((place) => {
      place.hidden = true;
    });
  }

  conflict(state, reply) {
    const { field } = state;
    field.querySelector("[data-conflict]")?.remove();
    const theirs = el("button", { type: "button", class: "btn" }, t("用对方填的"));
    const mine = el("button", { type: "button", class: "btn" }, t("用我填的"));
    const box = say(
      "wait",
      el("p", {}, el("b", {}, t("另一个人刚改过这一项，两份都在，请选一份。"))),
      el("dl", { class: "facts" }, ...pair(t("对方填的"), reply.theirs_text ?? reply.theirs), ...pair(t("您填的"), reply.mine_text ?? reply.mine)),
      el("div", { class: "row t2" }, theirs, mine)
    );
    box.dataset.conflict = "";
    box.setAttribute("role", "alert");
    theirs.addEventListener("click", () => this.choose(state, box, reply, reply.theirs));
    mine.addEventListener("click", () => this.choose(state, box, reply, reply.mine));
    field.append(box);
  }

  choose(state, box, reply, raw) {
    box.remove();
    seen(state.field).value = reply.digest;
    state.saved = reply.theirs;
    write(state.field, raw);
    if (raw === reply.theirs) this.mirror.drop(state.field.dataset.field);
    this.save(state);
  }

  /** What could not be saved last time: into its field when that is on this page, and to the server. */
  async replay() {
    let count = 0;
    for (const key of this.mirror.fields()) {
      const kept = this.mirror.get(key);
      const state = this.fields.get(key);
      if (!kept || (state && kept.raw === state.saved)) {
        this.mirror.drop(key);
        continue;
      }
      if (state) write(state.field, kept.raw);
      clearTimeout(state?.timer);
      const { kind, reply } = await this.post(key, kept.raw, kept.seen);
      if (kind === "saved") count += 1;
      if (state) this.settle(state, kept.raw, kind, reply);
      else if (kind === "saved") this.mirror.drop(key);
    }
    if (count) this.trouble?.replaceChildren(say("ok", el("p", {}, t("已补存上次没有存上的 {n} 项", { n: count }))));
  }
}

function pair(name, raw) {
  return [el("dt", {}, name), el("dd", {}, raw || t("（空）"))];
}

document.querySelectorAll("form[data-autosave]").forEach((form) => new Autosave(form));
