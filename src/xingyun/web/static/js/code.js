// Unified code (GB 32100): the same sentences as the server's, a moment earlier. Half-typed is not wrong.
import { setIcon } from "./make.js";
import { each } from "./panel.js";
import { t } from "./words.js";

const SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"; // I, O, S, V, Z are not used
const LIKE = { I: "1", O: "0", S: "5", Z: "2", V: "U" };

/** The code without the spaces and dashes that people type into it. */
export function tidy(text) {
  return text.toUpperCase().replace(/[\s-]/g, "");
}

function due(code) {
  let sum = 0;
  let weight = 1;
  for (const sign of code.slice(0, 17)) {
    sum += SIGNS.indexOf(sign) * weight;
    weight = (weight * 3) % 31;
  }
  return SIGNS[(31 - (sum % 31)) % 31];
}

/** What is to be said about a tidy code: text, ok, and the place (from 0) at which it is wrong. */
export function judge(code) {
  const odd = [...code].findIndex((sign) => !SIGNS.includes(sign));
  if (odd >= 0) {
    const like = LIKE[code[odd]];
    const hint = like ? t("是不是 {sign}？", { sign: like }) : t("请改成数字或大写字母。");
    return { at: odd, text: t("第 {at} 位的“{sign}”不会出现在代码里，{hint}", { at: odd + 1, sign: code[odd], hint }) };
  }
  if (code.length < 18) return { text: t("填了 {n} 位，还差 {rest} 位。", { n: code.length, rest: 18 - code.length }) };
  if (code.length > 18) return { text: t("代码是 18 位，多了 {n} 位。", { n: code.length - 18 }) };
  const check = due(code);
  if (check === code[17]) return { ok: true, text: t("18 位，校验码对得上。") };
  const words = "前 17 位算出的校验码是 {due}，这里是 {got}。多半有一位抄错或两位颠倒，请对照执照。";
  return { at: 17, text: t(words, { due: check, got: code[17] }) };
}

function showCells(cells, code, verdict) {
  let from = 0;
  for (const cell of cells.children) {
    const n = Number(cell.dataset.n);
    const here = verdict.at >= from && verdict.at < from + n;
    cell.querySelector("b").textContent = code.slice(from, from + n) || "—";
    cell.className = here ? "at" : verdict.ok && from === 17 ? "fit" : "";
    from += n;
  }
}

each("input[data-code]", (input) => {
  const message = document.getElementById(input.dataset.code);
  const cells = document.getElementById(input.dataset.cells);
  input.addEventListener("input", () => {
    const code = tidy(input.value);
    const verdict = code ? judge(code) : { text: "" };
    const wrong = Boolean(code) && !verdict.ok && code.length >= 18; // before that the person is still typing
    const odd = wrong || verdict.at !== undefined;
    input.closest(".field").classList.toggle("err", wrong);
    input.setAttribute("aria-invalid", String(wrong));
    message.className = `msg ${verdict.ok ? "ok" : odd ? "bad" : "muted"}`;
    message.hidden = !verdict.text;
    // What the server said was about another code.
    input.closest(".field").querySelectorAll(".msg.bad").forEach((said) => {
      if (said !== message) said.hidden = true;
    });
    setIcon(message.querySelector("svg"), verdict.ok ? "accept" : odd ? "warn" : "info");
    message.querySelector("span").textContent = verdict.text;
    if (cells) showCells(cells, code, verdict);
  });
});
