// Two people in one field: both texts, to choose one.
import { el, say } from "./make.js";
import { t } from "./words.js";

function pair(name, raw) {
  return [el("dt", {}, name), el("dd", {}, raw || t("（空）"))];
}

/** The box under the field; `choose` is called with the text that is to stand. */
export function both(reply, choose) {
  const theirs = el("button", { type: "button", class: "btn" }, t("用对方填的"));
  const mine = el("button", { type: "button", class: "btn" }, t("用我填的"));
  const box = say(
    "wait",
    el("p", {}, el("b", {}, t("另一个人刚改过这一项，两份都在，请选一份。"))),
    el("dl", { class: "facts" }, ...pair(t("对方填的"), reply.theirs_text ?? reply.theirs), ...pair(t("您填的"), reply.mine_text ?? reply.mine)),
    el("div", { class: "row t2" }, theirs, mine)
  );
  box.dataset.conflict = "";
  box.setAttribute("role", "alert");
  theirs.addEventListener("click", () => choose(reply.theirs));
  mine.addEventListener("click", () => choose(reply.mine));
  return box;
}
