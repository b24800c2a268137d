// The server writes data-theme from the cookie; without one the style sheet follows the system.
import { t } from "./words.js";

const root = document.documentElement;
const YEAR = 365 * 24 * 3600;

function isDark() {
  return root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function show(button) {
  button.querySelector("span").textContent = isDark() ? t("浅色") : t("深色");
  button.value = isDark() ? "light" : "dark";
}

document.querySelectorAll("button[data-theme-switch]").forEach((button) => {
  show(button);
  button.addEventListener("click", (event) => {
    event.preventDefault();
    root.dataset.theme = isDark() ? "light" : "dark";
    document.cookie = `theme=${root.dataset.theme}; path=/; max-age=${YEAR}; samesite=lax`;
    document.querySelectorAll("button[data-theme-switch]").forEach(show);
  });
});
