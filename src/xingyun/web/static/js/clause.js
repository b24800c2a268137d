// A clause is a link to the notice; here its text opens beside the work. Anything unusual: the link does its own thing.
import { el } from "./make.js";
import { t } from "./words.js";

const notices = new Map(); // one page for each edition

function read(url) {
  if (!notices.has(url)) {
    const page = fetch(url).then(async (answer) => {
      if (!answer.ok) throw new Error(String(answer.status));
      return new DOMParser().parseFromString(await answer.text(), "text/html");
    });
    notices.set(url, page);
  }
  return notices.get(url);
}

async function find(link) {
  const [url, id] = link.href.split("#");
  try {
    return (await read(url)).getElementById(decodeURIComponent(id));
  } catch {
    notices.delete(url);
    return null;
  }
}

function draw(link, clause) {
  const close = el("button", { type: "button", class: "btn push", autofocus: "" }, t("关闭"));
  const dialog = el(
    "dialog",
    { class: "clause", "aria-labelledby": "clause-h" },
    el("h2", { id: "clause-h" }, `〔${clause.dataset.clause}〕${clause.querySelector(".about").textContent}`),
    el("p", {}, clause.querySelector("p").textContent),
    el("p", { class: "small muted" }, t("以上为说明，以通知原文为准。")),
    el("div", { class: "row" }, el("a", { href: link.href }, t("在通知里看这一条")), close)
  );
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    link.focus();
  });
  return dialog;
}

async function open(link) {
  const clause = await find(link);
  if (!clause) {
    location.href = link.href;
    return;
  }
  if (document.querySelector("dialog.clause")) return; // a second click came while the first was loading
  const dialog = draw(link, clause);
  document.body.append(dialog);
  dialog.showModal();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-clause]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  open(link);
});
