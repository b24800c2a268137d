// A field with several lines (partners): add a line, take one away. Without script there are empty lines to write in.
import { el, icon } from "./make.js";
import { each } from "./panel.js";
import { t } from "./words.js";

const rows = (field) => [...field.querySelectorAll("[data-line]")];
const text = (row) => row.querySelector("input").value.trim();

function changed(field) {
  rows(field).forEach((row) => {
    row.querySelector(".unseen").textContent = t("去掉 {name}", { name: text(row) || t("（空）") });
  });
}

function add(field, value = "") {
  const last = rows(field).pop();
  const row = last.cloneNode(true);
  const input = row.querySelector("input");
  const n = Number(last.dataset.line) + 1;
  row.dataset.line = n;
  input.id = `${field.dataset.field}-${n}`;
  input.value = value;
  row.querySelector("button")?.remove();
  wire(field, row);
  last.after(row);
  return input;
}

function wire(field, row) {
  const button = el("button", { type: "button", class: "btn plain" }, icon("fault"), el("span", { class: "unseen" }));
  button.addEventListener("click", () => {
    const left = rows(field).length > 1;
    if (left) row.remove();
    else row.querySelector("input").value = "";
    changed(field);
    field.dispatchEvent(new Event("change", { bubbles: true }));
    rows(field)[0].querySelector("input").focus();
  });
  row.append(button);
}

each(".field[data-lines]", (field) => {
  rows(field).forEach((row) => wire(field, row));
  rows(field)
    .slice(1)
    .filter((row) => !text(row))
    .forEach((row) => row.remove());
  const more = el("button", { type: "button", class: "btn" }, icon("add"), t("添加"));
  more.addEventListener("click", () => {
    add(field).focus();
    changed(field);
  });
  rows(field)[0].parentElement.after(more);
  field.addEventListener("input", () => changed(field));
  field.addEventListener("lines", (event) => {
    while (rows(field).length < event.detail.length) add(field);
    rows(field)
      .slice(Math.max(event.detail.length, 1))
      .forEach((row) => row.remove());
  });
  changed(field);
});
