// Keys that stand for a link or a field of the page: [data-key] says which. Letters can be typed by accident or by a
// voice, so wherever a page lists its keys it also has the switch that turns them off, remembered in this browser.
import { el } from "./make.js";
import { each } from "./panel.js";
import { t } from "./words.js";

const typing = (node) => node.closest?.("input, select, textarea, dialog, [contenteditable]");
const combined = (event) => event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;

/** Whether this browser's user wants no single keys. */
export const off = () => localStorage.getItem("keys") === "off";

/** Whether this press is a single key meant for the page. */
export const single = (event) => !combined(event) && !off() && !typing(event.target);

each(".keys", (list) => {
  const button = el("button", { type: "button", class: "btn plain tiny" });
  const show = () => {
    button.textContent = off() ? t("打开快捷键") : t("关掉快捷键");
  };
  button.addEventListener("click", () => {
    localStorage.setItem("keys", off() ? "on" : "off");
    show();
  });
  show();
  list.append(button);
});

document.addEventListener("keydown", (event) => {
  const target = single(event) && document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!target) return;
  event.preventDefault();
  if (target.matches("input, textarea")) target.focus();
  else target.click();
});
