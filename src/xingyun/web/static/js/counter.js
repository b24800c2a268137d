// Counts code points after newline normalisation, as the server does; past the limit it says so and does not cut.
import { each } from "./panel.js";
import { t } from "./words.js";

/** How many characters the server will count in this text. */
export function length(text) {
  const kept = [...text.normalize("NFC").replace(/\r\n?/g, "\n").trim()].filter((sign) => sign === "\n" || !/\p{Cc}/u.test(sign));
  return kept.length;
}

each("[data-max]", (input) => {
  const out = document.getElementById(input.dataset.count);
  const max = Number(input.dataset.max);
  const count = () => {
    const n = length(input.value);
    const words = out.querySelector("span");
    out.querySelector("b").textContent = n;
    words.textContent = n > max ? t("超出 {n} 字", { n: n - max }) : t("还可写 {n} 字", { n: max - n });
    words.className = n > max ? "bad" : "ok";
  };
  input.addEventListener("input", count);
  count();
});
