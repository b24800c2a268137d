// The order of rows, by dragging or by the arrow keys on a row's handle; each move is kept at once and told.
import { el, icon } from "./make.js";
import { each, refresh } from "./panel.js";
import { t } from "./words.js";

const rows = (group) => [...group.querySelectorAll("tr[data-move]")];
let dragged = null;

const tell = (text) => {
  document.getElementById("order-status").textContent = text;
};

/** Keep the place (from 1) that a row now has; what the server says is told, and its order is shown. */
async function keep(row, group, before) {
  const at = rows(group).indexOf(row) + 1;
  if (at === before) return;
  const values = { name: row.dataset.name, at, all: rows(group).length };
  const body = new FormData();
  body.set("csrfmiddlewaretoken", document.querySelector("input[name=csrfmiddlewaretoken]").value);
  body.set("to", at);
  let reply = null;
  try {
    const answer = await fetch(row.dataset.move, { method: "POST", headers: { Accept: "application/json" }, body });
    reply = { ok: answer.ok, message: (await answer.json().catch(() => ({}))).message };
  } catch {
    reply = { ok: false };
  }
  const broken = t("没有移成，顺序还是原来的。请再试一次。");
  const held = document.activeElement?.id;
  await refresh("files").catch(() => {});
  if (held) document.getElementById(held)?.focus(); // handles are made after the panel has come
  tell(reply.ok ? t("“{name}”移到第 {at} 位，共 {all} 份", values) : reply.message || broken);
}

function step(event, row, group) {
  const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!by) return;
  event.preventDefault();
  const all = rows(group);
  const before = all.indexOf(row) + 1;
  const other = all[before - 1 + by];
  if (!other) {
    tell(by < 0 ? t("已在最前") : t("已在最后"));
    return;
  }
  if (by < 0) other.before(row);
  else other.after(row);
  event.currentTarget.focus();
  keep(row, group, before);
}

function handle(row, group) {
  const words = t("移动 {name}：按上下方向键，或拖动", { name: row.dataset.name });
  const button = el(
    "button",
    { type: "button", class: "btn plain tiny grip", id: `grip-${row.dataset.move}`, title: words },
    icon("mapping"),
    el("span", { class: "unseen" }, words),
  );
  button.addEventListener("keydown", (event) => step(event, row, group));
  row.cells[0].append(" ", button);
}

function drags(row, group) {
  let before = 0;
  row.draggable = true;
  row.addEventListener("dragstart", (event) => {
    dragged = row;
    before = rows(group).indexOf(row) + 1;
    event.dataTransfer.effectAllowed = "move";
    row.classList.add("moving");
  });
  row.addEventListener("dragend", () => {
    row.classList.remove("moving");
    dragged = null;
    keep(row, group, before);
  });
}

function over(event, group) {
  if (!dragged || !group.contains(dragged)) return;
  event.preventDefault();
  const on = event.target.closest("tr[data-move]");
  if (!on || on === dragged) return;
  const box = on.getBoundingClientRect();
  if (event.clientY < box.top + box.height / 2) on.before(dragged);
  else on.after(dragged);
}

each("[data-order]", (group) => {
  if (rows(group).length < 2) return;
  rows(group).forEach((row) => {
    handle(row, group);
    drags(row, group);
  });
  group.addEventListener("dragover", (event) => over(event, group));
  group.addEventListener("drop", (event) => event.preventDefault());
});
