// Saves a field when it is left, and two seconds after typing. Nothing typed is lost: it stays in the page and in
// the mirror until the server has it. What could not be brought is tried again by itself.
import { both } from "./both.js";
import { Courier } from "./courier.js";
import { el, say } from "./make.js";
import { Mirror } from "./mirror.js";
import { parse, swap } from "./panel.js";
import { Patience } from "./patience.js";
import { given, inputs, read, seen, write } from "./values.js";
import { t } from "./words.js";

const PAUSE = 2000;
const PATIENCE = 5000;

class Autosave {
  constructor(form) {
    this.form = form;
    this.courier = new Courier(form);
    this.mirror = new Mirror(form.dataset.owner, this.courier.url);
    this.patience = new Patience(() => this.retry());
    this.fields = new Map();
    this.underWay = new Set();
    this.elsewhere = new Set(); // fields of the form's other pages, left from before, that wait for the line
    this.trouble = document.querySelector("[data-save-trouble]");
    form.querySelectorAll(".field[data-field]").forEach((field) => this.begin(field));
    document.addEventListener("visibilitychange", () => (document.hidden ? this.flush(true) : this.patience.now()));
    window.addEventListener("online", () => this.patience.now());
    form.addEventListener("submit", (event) => this.submit(event));
    this.replay([...this.mirror.fields()]);
  }

  begin(field) {
    const state = { field, saved: given(field), busy: false, again: false, failed: false, refused: null, timer: 0 };
    this.fields.set(field.dataset.field, state);
    field.addEventListener("input", () => this.typed(state));
    field.addEventListener("change", () => this.save(state));
    field.addEventListener("focusout", () => this.save(state));
    // On a slow line somebody has begun to type before this script came.
    if (read(field) !== state.saved) this.typed(state);
  }

  typed(state) {
    const raw = read(state.field);
    clearTimeout(state.timer);
    this.trouble?.querySelector(".say.ok")?.remove();
    if (raw === state.saved) {
      Object.assign(state, { failed: false, refused: null });
      this.mirror.drop(state.field.dataset.field);
      this.calm();
      return;
    }
    this.mirror.keep(state.field.dataset.field, raw, seen(state.field).value);
    state.timer = setTimeout(() => this.save(state), PAUSE);
  }

  /** All that is not saved, but for what the server has refused as it stands. */
  flush(leaving = false) {
    this.fields.forEach((state) => state.refused !== read(state.field) && this.save(state, leaving));
  }

  /** What is on this page, and what was left of the form's other pages. */
  async retry() {
    this.flush();
    if (this.replaying) return;
    this.replaying = true;
    await this.replay([...this.elsewhere]);
    this.replaying = false;
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
    const { kind, reply } = await this.courier.bring(state.field.dataset.field, raw, seen(state.field).value, leaving);
    state.busy = false;
    this.settle(state, raw, kind, reply);
    const again = state.again && read(state.field) !== raw; // the same text would meet the same answer
    state.again = false;
    if (again) await this.saveNow(state, leaving);
  }

  settle(state, raw, kind, reply) {
    if (kind === "saved") this.saved(state, raw, reply);
    else if (kind === "conflict") this.conflict(state, reply);
    else this.failed(state, raw, kind, reply);
  }

  saved(state, raw, reply) {
    const { field } = state;
    Object.assign(state, { saved: raw, failed: false, refused: null });
    seen(field).value = reply.digest;
    if (read(field) === raw) this.mirror.drop(field.dataset.field);
    this.showError(field, reply.error ?? "");
    if (reply.missing) {
      const panel = parse(reply.missing);
      swap(panel.id, panel);
    }
    document.querySelectorAll("[data-saved] span").forEach((place) => {
      place.textContent = t("{time} 已自动保存", { time: reply.saved_at });
    });
    this.calm();
  }

  /** Nothing is told any more once nothing is left unsaved. */
  calm() {
    if (this.elsewhere.size || [...this.fields.values()].some((state) => state.failed)) return;
    this.patience.rest();
    this.trouble?.querySelector(".say.bad")?.remove();
    document.querySelectorAll("[data-saved]").forEach((place) => {
      place.hidden = !place.querySelector("span").textContent;
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

  failed(state, raw, kind, reply) {
    state.failed = true;
    if (kind === "gone") {
      this.gone(state.field.dataset.field, raw);
      state.refused = raw;
      return;
    }
    this.mirror.keep(state.field.dataset.field, read(state.field), seen(state.field).value);
    if (kind === "refused") {
      state.refused = raw;
      this.tell(t("这一项没有存上：{reason}", { reason: reply.message ?? String(reply.status) }));
    } else this.waits(kind, reply);
  }

  /** A field of another page. What was refused or changed by somebody else is told where it stands. */
  settleElsewhere(key, raw, kind, reply) {
    this.elsewhere.delete(key);
    if (kind === "saved") this.mirror.drop(key);
    else if (kind === "gone") this.gone(key, raw);
    else if (kind !== "conflict" && kind !== "refused") {
      this.elsewhere.add(key);
      this.waits(kind, reply);
    }
  }

  /** Not now: it is kept here, and tried again. */
  waits(kind, reply) {
    this.patience.later();
    if (kind === "login") {
      const link = el("a", { href: `${reply.login}?next=${encodeURIComponent(location.pathname)}` }, t("重新登录"));
      this.tell(t("登录已过期，刚写的内容留在这台电脑上。重新登录后自动补存。"), link);
      return;
    }
    const offline = t("没有连上，刚写的内容留在这台电脑上，连上后自动补存。");
    const silent = t("服务器没有答复（{status}），内容留在这台电脑上，稍后再试。", { status: reply.status });
    this.tell(kind === "offline" ? offline : silent);
  }

  /** The form has no such field any more: the text is shown once, to be copied, and not sent again. */
  gone(key, raw) {
    this.mirror.drop(key);
    const words = t("申请表里已没有这一栏，下面这段没有存上，也不再补存。需要的话请抄到别的栏里。");
    const box = say("wait", el("p", {}, words), el("p", { class: "t2" }, raw));
    box.dataset.gone = key;
    box.setAttribute("role", "alert");
    document.querySelector(`[data-gone="${CSS.escape(key)}"]`)?.remove();
    this.trouble?.after(box);
  }

  tell(text, ...more) {
    this.trouble?.replaceChildren(say("bad", el("p", {}, `${text} `, ...more)));
    document.querySelectorAll("[data-saved]").forEach((place) => {
      place.hidden = true;
    });
  }

  conflict(state, reply) {
    state.failed = false;
    state.field.querySelector("[data-conflict]")?.remove();
    state.field.append(both(reply, (raw) => this.choose(state, reply, raw)));
  }

  choose(state, reply, raw) {
    state.field.querySelector("[data-conflict]").remove();
    seen(state.field).value = reply.digest;
    state.saved = reply.theirs;
    write(state.field, raw);
    inputs(state.field)[0]?.focus();
    if (raw === reply.theirs) this.mirror.drop(state.field.dataset.field);
    this.save(state);
  }

  /** What could not be saved last time: into its field when that is on this page, and to the server. */
  async replay(keys) {
    let count = 0;
    keys.filter((key) => !this.fields.has(key)).forEach((key) => this.elsewhere.add(key));
    for (const key of keys) {
      const kept = this.mirror.get(key);
      const state = this.fields.get(key);
      if (!kept || (state && kept.raw === state.saved)) {
        this.mirror.drop(key);
        this.elsewhere.delete(key);
        continue;
      }
      if (state) write(state.field, kept.raw);
      clearTimeout(state?.timer);
      const { kind, reply } = await this.courier.bring(key, kept.raw, kept.seen);
      if (kind === "saved") count += 1;
      if (state) this.settle(state, kept.raw, kind, reply);
      else this.settleElsewhere(key, kept.raw, kind, reply);
    }
    if (!count) return;
    this.calm();
    this.trouble?.replaceChildren(say("ok", el("p", {}, t("已补存上次没有存上的 {n} 项", { n: count }))));
  }
}

document.querySelectorAll("form[data-autosave]").forEach((form) => new Autosave(form));
