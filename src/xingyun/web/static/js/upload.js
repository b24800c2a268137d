// Each file goes up by itself, resumable, and succeeds or fails alone. Then the form's own address is told which
// upload to take. Where the tus library is missing the form is sent as it stands.
import { el, icon } from "./make.js";
import { each, refresh } from "./panel.js";
import { t } from "./words.js";

const MB = 1024 * 1024;
const CHUNK = 4 * MB;
const AT_ONCE = 2;
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
    this.form = form;
    this.list = form.querySelector("[data-files]");
    this.status = form.querySelector("[data-upload-status]");
    this.waiting = [];
    this.running = 0;
    this.rows = [];
    this.input = form.querySelector("input[type=file]");
    form.querySelectorAll("[data-needless]").forEach((node) => {
      node.hidden = true;
    });
    this.input.addEventListener("change", () => this.take([...this.input.files]));
    this.acceptDrops(form.querySelector(".drop"));
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
      const row = new Row(file);
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
    const limit = Number(this.form.dataset.limit || 0);
    if (limit && file.size > limit) {
      const words = "文件有 {size} MB，单个不能超过 {limit} MB。请压缩或分成几份。其他文件不受影响。";
      row.end("bad", "bad", "fault", t(words, { size: mb(file.size), limit: mb(limit) }));
      this.count();
      return;
    }
    this.running += 1;
    const upload = new tus.Upload(file, {
      endpoint: this.form.dataset.upload,
      chunkSize: CHUNK,
      retryDelays: [0, 1000, 3000, 6000],
      removeFingerprintOnSuccess: true,
      metadata: { filename: file.name, filetype: file.type },
      headers: { "X-CSRFToken": this.token(), Accept: "application/json" },
      onProgress: (done, total) => row.progress(done, total),
      onError: (fault) => this.broke(file, row, upload, fault),
      onSuccess: () => this.attach(file, row, upload.url),
    });
    row.progress(0, file.size);
    row.offer("pause", t("暂停"), () => this.pause(row, upload));
    begin(upload);
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
    row.offer("retry", t("再试一次"), () => {
      row.bar.hidden = false;
      row.bar.className = "live";
      row.state = "open";
      this.waiting.push([file, row]);
      this.next();
    });
    this.ended();
  }

  /** Tell the form's address which upload has arrived; it attaches the file or says why not. */
  async attach(file, row, url) {
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
    else this.refused(file, row, url, answer?.status ?? 0, reply.message);
    this.ended();
  }

  refused(file, row, url, status, reason) {
    const silent = t("服务器没有收下这个文件（{status}）。请再试一次，其他文件不受影响。", { status });
    row.end("bad", "bad", "fault", reason ? t("没有收下：{reason}", { reason }) : silent);
    if (reason) return;
    row.offer("retry", t("再试一次"), () => {
      this.running += 1;
      this.attach(file, row, url);
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

function reasonIn(body) {
  try {
    return JSON.parse(body).message ?? "";
  } catch {
    return "";
  }
}

each("form[data-upload]", (form) => {
  if (window.tus) return new Uploads(form);
  return form.querySelector("input[type=file]").addEventListener("change", () => form.requestSubmit());
});
