// The countdown. It goes by the server's clock: the page says how many seconds are left, the time since is
// measured by a watch that nobody can set, and the server is asked again now and then.
import { t } from "./words.js";

const ASK = 30_000;
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STAGES = [DAY, HOUR, 10 * MINUTE, 0];

let shown = document.querySelector("[data-due]");
let since = performance.getEntriesByType("navigation")[0]?.responseStart ?? 0;
let stage = -1;
let asking = false;

const left = () => Number(shown.dataset.left) - (performance.now() - since) / 1000;

function words(seconds) {
  if (seconds <= 0) return t("已截止");
  const d = Math.floor(seconds / DAY);
  const h = Math.floor((seconds % DAY) / HOUR);
  const m = Math.floor((seconds % HOUR) / MINUTE);
  if (d) return t("还有 {d} 天 {h} 小时", { d, h });
  if (h) return t("还有 {h} 小时 {m} 分钟", { h, m });
  return t("还有 {m} 分 {s} 秒", { m, s: Math.floor(seconds % MINUTE) });
}

function warning(n) {
  if (n === 0) return t("离截止不到 24 小时。请留出打印、盖章、扫描的时间。");
  if (n === 1) return t("离截止不到 1 小时。请先核对并提交，受理前仍可撤回。");
  if (n === 2) return t("离截止不到 10 分钟。点提交时没有过截止时间的，都算按时。");
  return t("已经截止，不能再提交。填的内容都在。");
}

/** Say it at the top of the page; whoever listens hears it when there is a pause. */
function say(text, kind) {
  const place = document.querySelector("[data-due-said]");
  if (!place) return;
  const box = document.createElement("div");
  box.className = `say ${kind} b4`;
  const line = document.createElement("p");
  line.textContent = text;
  box.append(line);
  place.replaceChildren(box);
}

function tick() {
  const seconds = left();
  const place = shown.querySelector("[data-left-words]");
  const said = words(seconds);
  if (place.textContent !== said) place.textContent = said;
  const now = STAGES.filter((limit) => seconds <= limit).length - 1;
  if (now > stage) {
    if (now === STAGES.length - 1) ask();
    say(warning(now), now >= 2 ? "bad" : "wait");
  }
  stage = now;
}

function take(fresh) {
  const changed = fresh.dataset.due !== shown.dataset.due;
  shown.replaceWith(fresh);
  shown = fresh;
  since = performance.now();
  if (!changed) return;
  stage = STAGES.filter((limit) => left() <= limit).length - 1;
  say(t("截止时间改了：{due}。", { due: fresh.querySelector("b").textContent.trim() }), "wait");
}

async function ask() {
  if (asking || !shown.isConnected) return;
  asking = true;
  try {
    const answer = await fetch(shown.dataset.ask, { headers: { Accept: "text/html" }, redirect: "error" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-due]");
    if (fresh) take(document.adoptNode(fresh));
    else say(t("这份申请刚有变化，可能已由同事提交。请刷新页面再看。"), "wait");
  } catch {
    // Without a line the countdown goes on by itself.
  } finally {
    asking = false;
  }
}

if (shown) {
  document.addEventListener("panel", (event) => {
    const drawn = event.detail.querySelector("[data-due]");
    if (!drawn) return;
    shown = drawn;
    since = performance.now();
  });
  document.addEventListener("visibilitychange", () => document.hidden || ask());
  setInterval(tick, 1000);
  setInterval(() => document.hidden || ask(), ASK);
  tick();
}
