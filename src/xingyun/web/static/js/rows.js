// j and k move from row to row of a list: from the first one where none has the focus yet.
import { single } from "./keys.js";

document.addEventListener("keydown", (event) => {
  if ((event.key !== "j" && event.key !== "k") || !single(event)) return;
  const here = document.activeElement.closest("tbody[data-rows]") ?? document.querySelector("tbody[data-rows]");
  const rows = [...(here?.querySelectorAll("a[data-row]") ?? [])];
  const next = rows[rows.indexOf(document.activeElement) + (event.key === "j" ? 1 : -1)];
  if (!next) return;
  here.querySelector(".sel")?.classList.remove("sel");
  next.closest("tr").classList.add("sel");
  next.focus();
  event.preventDefault();
});
