// Who signs out leaves nothing typed on a computer that others use. What is not saved yet is waited for, then asked about.
import { forget, left } from "./mirror.js";
import { each } from "./panel.js";
import { t } from "./words.js";

const STEP = 100;
const PATIENCE = 3000;

each("form[data-forget]", (form) => {
  const owner = form.dataset.forget;
  let waiting = false;
  form.addEventListener("submit", async (event) => {
    if (!left(owner)) return;
    event.preventDefault();
    if (waiting) return;
    waiting = true;
    for (let waited = 0; left(owner) && waited < PATIENCE; waited += STEP) {
      await new Promise((done) => {
        setTimeout(done, STEP);
      });
    }
    waiting = false;
    const n = left(owner);
    if (n && !window.confirm(t("还有 {n} 项没有存到服务器。退出后，这台电脑上不再保留它们。仍要退出吗？", { n }))) return;
    forget(owner);
    form.submit();
  });
});
