// j and k move the row, only while a row has the focus.
import { single } from "./keys.js";
import { each } from "./panel.js";

each("tbody[data-rows]", (body) =>
  body.addEventListener("keydown", (event) => {
    if ((event.key !== "j" && event.key !== "k") || !single(event)) return;
    const rows = [...body.querySelectorAll("a[data-row]")];
    const next = rows[rows.indexOf(document.activeElement) + (event.key === "j" ? 1 : -1)];
    if (!next) return;
    body.querySelector(".sel")?.classList.remove("sel");
    next.closest("tr").classList.add("sel");
    next.focus();
    event.preventDefault();
  })
);
