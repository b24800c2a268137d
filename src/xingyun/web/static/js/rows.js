// j and k move the row, only while a row has the focus; "/" goes to the search field of the page.
import { each } from "./panel.js";

const typing = (node) => node.closest?.("input, select, textarea, [contenteditable]");
const combined = (event) => event.ctrlKey || event.metaKey || event.altKey;
const off = () => document.documentElement.dataset.keys === "off";

each("tbody[data-rows]", (body) =>
  body.addEventListener("keydown", (event) => {
    if ((event.key !== "j" && event.key !== "k") || combined(event) || off()) return;
    const rows = [...body.querySelectorAll("a[data-row]")];
    const next = rows[rows.indexOf(document.activeElement) + (event.key === "j" ? 1 : -1)];
    if (!next) return;
    body.querySelector(".sel")?.classList.remove("sel");
    next.closest("tr").classList.add("sel");
    next.focus();
    event.preventDefault();
  })
);

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || combined(event) || off() || typing(event.target)) return;
  const search = document.querySelector("input[data-search]");
  if (!search) return;
  search.focus();
  event.preventDefault();
});
