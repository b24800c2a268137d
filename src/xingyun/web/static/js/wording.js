// What a paper would look like while its words are being written: the server sets it, the picture is put beside.
import { t } from "./words.js";

const PAUSE = 500;

document.querySelectorAll("form[data-wording]").forEach((form) => {
  const image = document.querySelector("[data-shown]");
  const said = document.querySelector("[data-said]");
  let timer = 0;
  let asking = new AbortController();
  let last = form.querySelector("textarea") ?? form.querySelector("input.inp");

  const wrong = (message, field) => {
    said.hidden = !message;
    said.querySelector("span").textContent = message;
    image.classList.toggle("old", Boolean(message));
    form.querySelectorAll("[data-wrong]").forEach((line) => {
      const here = Boolean(message) && line.id === `${field}-e`;
      line.hidden = !here;
      line.querySelector("span").textContent = here ? message : "";
      line.parentElement.classList.toggle("err", here);
    });
  };

  const draw = async () => {
    asking.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(form.dataset.wording, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
        signal: asking.signal,
      });
      if (answer.ok) {
        const before = image.src;
        image.src = URL.createObjectURL(await answer.blob());
        image.hidden = false;
        URL.revokeObjectURL(before);
        wrong("", "");
      } else {
        const refused = await answer.json();
        wrong(refused.message, refused.field);
      }
    } catch (error) {
      if (error.name !== "AbortError") wrong(t("预览没有取到，改一个字再试。"), "");
    }
  };

  form.addEventListener("focusin", (event) => {
    if (event.target.matches("textarea, input.inp")) last = event.target;
  });
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(draw, PAUSE);
  });
  // A place is put where the writer was last.
  document.querySelectorAll("[data-insert]").forEach((name) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "chip add";
    button.textContent = name.textContent;
    button.addEventListener("click", () => {
      last.setRangeText(name.textContent, last.selectionStart, last.selectionEnd, "end");
      last.focus();
      last.dispatchEvent(new Event("input", { bubbles: true }));
    });
    name.replaceWith(button);
  });
  draw();
});
