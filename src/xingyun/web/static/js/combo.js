// A text field with suggestions from the server: arrows move, Enter takes, Esc closes. Without script a plain field.
import { el } from "./make.js";
import { each } from "./panel.js";
import { t } from "./words.js";

class Combo {
  constructor(input) {
    this.input = input;
    this.list = document.getElementById(input.getAttribute("aria-controls"));
    this.status = document.getElementById(`${input.id}-n`);
    this.at = -1;
    this.asked = 0;
    input.addEventListener("input", (event) => event.isTrusted && this.later());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.take(event.target.closest("[role=option]")));
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), 200);
  }

  async ask() {
    const words = this.input.value.trim();
    const number = (this.asked += 1);
    if (!words) {
      this.close();
      return;
    }
    const answer = await fetch(`${this.input.dataset.combo}?q=${encodeURIComponent(words)}`).catch(() => null);
    if (!answer?.ok || number !== this.asked) return;
    this.show((await answer.json()).results);
  }

  show(results) {
    this.at = -1;
    this.list.replaceChildren(...results.map((found, n) => this.option(found, n)));
    this.list.hidden = !results.length;
    this.input.setAttribute("aria-expanded", String(Boolean(results.length)));
    this.input.removeAttribute("aria-activedescendant");
    this.status.textContent = results.length
      ? t("找到 {n} 个", { n: results.length })
      : t("没有找到，请换个词，或直接填四位代码。");
  }

  option(found, n) {
    const name = el("span", {}, found.name, el("small", {}, found.path));
    const id = `${this.input.id}-o${n}`;
    const made = el("li", { role: "option", id, "aria-selected": "false" }, el("span", { class: "num" }, found.code), name);
    made.dataset.value = `${found.code} ${found.name}`;
    return made;
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !this.list.hidden) {
      event.preventDefault();
      this.move(step);
    } else if (event.key === "Enter" && !this.list.hidden && this.at >= 0) {
      event.preventDefault();
      this.take(this.list.children[this.at]);
    } else if (event.key === "Escape") this.close();
  }

  move(step) {
    const all = [...this.list.children];
    this.at = (this.at + step + all.length) % all.length;
    all.forEach((option, n) => option.setAttribute("aria-selected", String(n === this.at)));
    all[this.at].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", all[this.at].id);
  }

  take(option) {
    if (!option) return;
    this.input.value = option.dataset.value;
    this.close();
    this.status.textContent = "";
    this.input.dispatchEvent(new Event("input", { bubbles: true }));
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

each("input[data-combo]", (input) => new Combo(input));
