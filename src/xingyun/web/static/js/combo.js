// A text field with suggestions from the server: arrows, Home and End move, Enter takes, Esc closes. What was not
// found or could not be asked is said in words. Without script a plain field.
import { el } from "./make.js";
import { each } from "./panel.js";
import { t } from "./words.js";

const WAYS = {
  ArrowDown: (at, all) => (at + 1) % all,
  ArrowUp: (at, all) => (Math.max(at, 0) + all - 1) % all,
  Home: () => 0,
  End: (_at, all) => all - 1,
};

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
      this.say("");
      return;
    }
    const results = await found(`${this.input.dataset.combo}?q=${encodeURIComponent(words)}`);
    if (number !== this.asked || document.activeElement !== this.input) return;
    if (results) {
      this.show(results);
      return;
    }
    this.close();
    this.say(t("行业没有查到，可能连接断了。请改一个字或按向下键再查，也可以直接填四位代码。"), "bad");
  }

  show(results) {
    this.at = -1;
    this.list.replaceChildren(...results.map((one, n) => this.option(one, n)));
    this.list.hidden = !results.length;
    this.input.setAttribute("aria-expanded", String(Boolean(results.length)));
    this.input.removeAttribute("aria-activedescendant");
    if (results.length) this.say(t("找到 {n} 个", { n: results.length }), "unseen");
    else this.say(t("没有找到，请换个词，或直接填四位代码。"), "wait");
  }

  /** The list shows by itself how many there are; everything else is seen as well as heard. */
  say(text, kind = "unseen") {
    this.status.textContent = text;
    this.status.className = kind === "unseen" ? kind : `msg ${kind}`;
  }

  option(one, n) {
    const name = el("span", {}, one.name, el("small", {}, one.path));
    const id = `${this.input.id}-o${n}`;
    const made = el("li", { role: "option", id, "aria-selected": "false" }, el("span", { class: "num" }, one.code), name);
    made.dataset.value = `${one.code} ${one.name}`;
    return made;
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const way = WAYS[event.key];
    if (way && !this.list.hidden) {
      event.preventDefault();
      this.move(way);
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      this.ask();
    } else if (event.key === "Enter" && !this.list.hidden && this.at >= 0) {
      event.preventDefault();
      this.take(this.list.children[this.at]);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    }
  }

  move(way) {
    const all = [...this.list.children];
    this.at = way(this.at, all.length);
    all.forEach((option, n) => option.setAttribute("aria-selected", String(n === this.at)));
    all[this.at].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", all[this.at].id);
  }

  take(option) {
    if (!option) return;
    this.asked += 1; // an answer still on its way would open the list again
    clearTimeout(this.timer);
    this.input.value = option.dataset.value;
    this.close();
    this.say("");
    this.input.dispatchEvent(new Event("input", { bubbles: true }));
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

/** What the server suggests; null where it did not answer. */
async function found(address) {
  try {
    const answer = await fetch(address);
    return answer.ok ? (await answer.json()).results : null;
  } catch {
    return null;
  }
}

each("input[data-combo]", (input) => new Combo(input));
