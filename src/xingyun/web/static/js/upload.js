// Each file goes up by itself, resumable, and succeeds or fails alone. Then the form's own address is told which
// upload to take. Where the tus library is missing the form is sent as it stands.
import { el, icon } from "./make.js";
import { each, refresh } from "./panel.js";
import { t } from "./words.js";

const MB = 1024 * 1024;
const SMALLEST = MB / 4;
const LARGEST = 8 * MB;
const QUICK = 1000; // ms in which a piece is to be through
const EXPIRED = 8 * 24 * 3600 * 1000;
const AT_ONCE = 2;
const RETRIES = [0, 1000, 3000, 6000, 10000, 15000, 20000, 30000];
const mb = (bytes) => (bytes / MB).toFixed(1);

class Row {
  constructor(file) {
    this.kind = file.name.includes(".") ? file.name.split(".").pop().toUpperCase().slice(0, 4) : "";
    this.bar = el("progress", { class: "live", max: "100", value: "0" });
    this.text = el("p", { class: "small muted" });
    this.button = el("button", { type: "button", class: "btn plain" });
    const body = el("div", {}, el("b", {}, file.name), this.bar, this.text);
    this.node = el("div", { class: "file" }, el("span", { class: "kind" }, this.kind || "—"), body, this.button);
    this.state = "open";
    this.name = file.name;
  }

  /** What the server has confirmed, never what merely left the browser: so it never goes back. */
  progress(done, total) {
    const percent = total ? Math.floor((done / total) * 100) : 0;
    this.bar.value = percent;
    this.bar.setAttribute("aria-label", t("{name} 已传 {percent}%", { name: this.name, percent }));
    this.say("muted", "", t("已传 {percent}%，{done} / {total} MB", { percent, done: mb(done), total: mb(total) }));
  }

  say(kind, sign, text) {
    this.text.className = `small ${kind}`;
    this.text.replaceChildren(...(sign ? [icon(sign), ` ${text}`] : [text]));
  }

  offer(sign, text, act) {
    this.button.replaceChildren(icon(sign), text);
    this.button.onclick = act;
    this.button.hidden = false;
  }

  end(state, kind, sign, text) {
    this.state = state;
    this.bar.className = kind;
    this.bar.hidden = kind === "bad";
    this.button.hidden = true;
    this.say(kind, sign, text);
  }
}

class Uploads {
  constructor(form) {
    this.waiting = [];
    this.running = 0;
    this.rows = [];
    this.broken = [];
    this.live(form);
    window.addEventListener("online", () => this.broken.splice(0).forEach((again) => again()));
    window.addEventListener("beforeunload", (event) => {
      if (this.running) event.preventDefault();
    });
    this.remember().catch(() => {});
  }

  live(form) {
    this.form = form;
    this.list = form.querySelector("[data-files]");
    this.status = form.querySelector("[data-upload-status]");
    this.input = form.querySelector("input[type=file]");
    form.querySelectorAll("[data-needless]").forEach((node) => {
      node.hidden = true;
    });
    this.input.addEventListener("change", () => this.take([...this.input.files]));
    this.acceptDrops(form.querySelector(".drop"));
  }

  /** The form was drawn anew with its panel: what was taken stands there by itself, all else comes along. */
  move(form) {
    this.live(form);
    this.rows = this.rows.filter((row) => row.state !== "done");
    this.list.append(...this.rows.map((row) => row.node));
    if (this.rows.length) this.count();
  }

  /** Uploads that a reload or a closed window cut off: choosing the same file again goes on with them. */
  async remember() {
    for (const kept of await tus.defaultOptions.urlStorage.findAllUploads()) {
      const forget = () => tus.defaultOptions.urlStorage.removeUpload(kept.urlStorageKey);
      const answer = await fetch(kept.uploadUrl, { method: "HEAD", headers: { "Tus-Resumable": "1.0.0" } });
      const done = Number(answer.headers.get("Upload-Offset"));
      const name = kept.metadata?.filename ?? "";
      // Somebody else's upload at this computer is not found either; it stays his until it has expired.
      if (!answer.ok && Date.parse(kept.creationTime) < Date.now() - EXPIRED) forget();
      else if (answer.ok && !this.rows.some((row) => row.name === name)) this.unfinished(name, done, kept, forget);
    }
  }

  unfinished(name, done, kept, forget) {
    const row = new Row({ name });
    row.state = "kept";
    row.progress(done, kept.size);
    const percent = row.bar.value;
    row.bar.className = "wait";
    row.say("wait", "clock", t("上次传到 {percent}%，没有传完。再选一次这个文件，从这里接着传。", { percent }));
    row.offer("fault", t("不要了"), () => {
      forget();
      const headers = { "Tus-Resumable": "1.0.0", "X-CSRFToken": this.token() };
      fetch(kept.uploadUrl, { method: "DELETE", headers }).catch(() => {});
      this.drop(row);
    });
    this.rows.push(row);
    this.list.append(row.node);
  }

  drop(row) {
    row.node.remove();
    this.rows = this.rows.filter((one) => one !== row);
  }

  acceptDrops(zone) {
    zone.addEventListener("dragover", (event) => event.preventDefault());
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      this.take([...event.dataTransfer.files]);
    });
  }

  take(files) {
    for (const file of files) {
      this.rows.filter((row) => row.state === "kept" && row.name === file.name).forEach((row) => this.drop(row));
      const row = new Row(file);
      row.size = file.size;
      this.rows.push(row);
      this.list.append(row.node);
      this.waiting.push([file, row]);
    }
    this.input.value = "";
    this.next();
  }

  next() {
    this.count();
    while (this.running < AT_ONCE && this.waiting.length) this.start(...this.waiting.shift());
  }

  start(file, row) {
    const refusal = this.refusal(file, row);
    if (refusal) {
      row.end("bad", "bad", "fault", refusal);
      this.count();
      return;
    }
    this.running += 1;
    let begun = performance.now();
    const upload = new tus.Upload(file, {
      endpoint: this.form.dataset.upload,
      chunkSize: SMALLEST,
      retryDelays: RETRIES,
      metadata: { filename: file.name, filetype: file.type },
      headers: { "X-CSRFToken": this.token(), Accept: "application/json" },
      onShouldRetry: (fault, tried) => this.again(row, fault, tried),
      onChunkComplete: (size, done, total) => {
        const taken = performance.now() - begun;
        begun = performance.now();
        upload.options.chunkSize = fitting(upload.options.chunkSize, taken);
        row.progress(done, total);
      },
      onError: (fault) => this.broke(file, row, upload, fault),
      onSuccess: () => this.attach(file, row, upload),
    });
    row.progress(0, file.size);
    row.offer("pause", t("暂停"), () => this.pause(row, upload));
    begin(upload);
  }

  /** Why a file is not even begun: too large by itself, or too large for what room is left. */
  refusal(file, row) {
    const limit = Number(this.form.dataset.limit || 0);
    if (limit && file.size > limit) {
      const words = "文件有 {size} MB，单个不能超过 {limit} MB。请压缩或分成几份。其他文件不受影响。";
      return t(words, { size: mb(file.size), limit: mb(limit) });
    }
    if (!this.form.dataset.left) return "";
    const others = this.rows.filter((one) => one !== row && one.begun && one.state !== "bad");
    const left = Number(this.form.dataset.left) - others.reduce((sum, one) => sum + one.size, 0);
    row.begun = file.size <= left;
    const words = "文件有 {size} MB，全部材料合计只剩 {left} MB。请压缩，或先移除不需要的文件。其他文件不受影响。";
    return row.begun ? "" : t(words, { size: mb(file.size), left: mb(Math.max(left, 0)) });
  }

  /** Whether to try again by itself; said in words meanwhile. What the server refused is not tried again. */
  again(row, fault, tried) {
    const status = fault.originalResponse?.getStatus() ?? 0;
    const passing = status < 400 || status >= 500 || status === 409 || status === 423;
    if (!passing || !navigator.onLine) return false;
    row.say("wait", "clock", t("连接断了，正在重新连接（第 {n} 次）。已传的部分还在。", { n: tried + 1 }));
    return true;
  }

  pause(row, upload) {
    upload.abort();
    row.offer("retry", t("继续"), () => {
      row.offer("pause", t("暂停"), () => this.pause(row, upload));
      upload.start();
    });
  }

  token() {
    return this.form.querySelector("input[name=csrfmiddlewaretoken]").value;
  }

  broke(file, row, upload, fault) {
    const status = fault.originalResponse?.getStatus() ?? 0;
    const reason = reasonIn(fault.originalResponse?.getBody());
    const silent = t("连接断了，已传的部分还在。连上后可以从断点接着传。");
    const refused = t("服务器没有收下这个文件（{status}）。请再试一次，其他文件不受影响。", { status });
    row.end("bad", "bad", "fault", reason ? t("没有收下：{reason}", { reason }) : status ? refused : silent);
    let offered = true;
    const again = () => {
      if (!offered) return;
      offered = false;
      row.bar.hidden = false;
      row.bar.className = "live";
      row.state = "open";
      this.waiting.push([file, row]);
      this.next();
    };
    row.offer("retry", t("再试一次"), again);
    if (!status) this.broken.push(again);
    this.ended();
  }

  /** Tell the form's address which upload has arrived; it attaches the file or says why not. */
  async attach(file, row, upload) {
    const { url } = upload;
    row.bar.className = "wait";
    row.button.hidden = true;
    row.say("wait", "clock", t("已传完，正在核对"));
    const body = new FormData(this.form);
    body.delete(this.input.name);
    body.set("upload", url.split("/").filter(Boolean).pop());
    let answer = null;
    try {
      answer = await fetch(this.form.action, { method: "POST", headers: { Accept: "application/json" }, body });
    } catch {
      // told below
    }
    const reply = answer ? await answer.json().catch(() => ({})) : {};
    if (answer?.ok) row.end("done", "ok", "accept", reply.message ?? t("已收好"));
    else this.refused(file, row, upload, answer?.status ?? 0, reply.message);
    if (answer?.ok || reply.message) forget(upload);
    this.ended();
  }

  refused(file, row, upload, status, reason) {
    const words = status
      ? "服务器没有收下这个文件（{status}）。请再试一次，其他文件不受影响。"
      : "连接断了，已传的部分还在。连上后可以从断点接着传。";
    const silent = t(words, { status });
    row.end("bad", "bad", "fault", reason ? t("没有收下：{reason}", { reason }) : silent);
    if (reason) return;
    row.offer("retry", t("再试一次"), () => {
      this.running += 1;
      this.attach(file, row, upload);
    });
  }

  ended() {
    this.running -= 1;
    this.next();
    const ids = (this.form.dataset.panels ?? "").split(" ").filter(Boolean);
    if (ids.length && !this.running && !this.waiting.length) refresh(...ids).catch(() => {});
  }

  count() {
    const number = (state) => this.rows.filter((row) => row.state === state).length;
    const values = { done: number("done"), open: number("open"), bad: number("bad") };
    this.status.textContent = t("{done} 个已收好，{open} 个处理中，{bad} 个要您处理", values);
  }
}

/** Go on from where this file stopped before, if it did. */
async function begin(upload) {
  const earlier = await upload.findPreviousUploads().catch(() => []);
  if (earlier.length) upload.resumeFromPreviousUpload(earlier[0]);
  upload.start();
}

/** It has arrived or was refused for good: nothing is left to go on with. */
async function forget(upload) {
  const earlier = await upload.findPreviousUploads().catch(() => []);
  for (const one of earlier) {
    if (one.uploadUrl === upload.url) tus.defaultOptions.urlStorage.removeUpload(one.urlStorageKey);
  }
}

/** Pieces as large as go through in about a second: few requests on a fast line, steady news on a slow one. */
function fitting(size, taken) {
  if (taken < QUICK / 2) return Math.min(size * 2, LARGEST);
  return taken > QUICK * 2 ? Math.max(size / 2, SMALLEST) : size;
}

function reasonIn(body) {
  try {
    return JSON.parse(body).message ?? "";
  } catch {
    return "";
  }
}

const uploads = new Map(); // by what they are for: the address that takes them

each("form[data-upload]", (form) => {
  const input = form.querySelector("input[type=file]");
  if (!window.tus) input.addEventListener("change", () => form.requestSubmit());
  else if (uploads.has(form.action)) uploads.get(form.action).move(form);
  else uploads.set(form.action, new Uploads(form));
});
