// Long work: the panel asks how far it is until it ends, then is drawn again by the server.
import { each, refresh } from "./panel.js";
import { t } from "./words.js";

const FIRST = 700;
const SLOWEST = 5000;

async function ask(panel) {
  try {
    const answer = await fetch(panel.dataset.job, { headers: { Accept: "application/json" } });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

function show(panel, job) {
  const bar = panel.querySelector("progress");
  if (bar && job.total) {
    bar.max = job.total;
    bar.value = job.progress;
  }
  panel.querySelector("[data-job-text]").textContent = job.message;
}

// Begins at the top, where the news is. Were the old place kept, the browser would go back to it when the last picture
// has come, even from under somebody who is walking through the page by keys by then.
function again() {
  history.scrollRestoration = "manual";
  location.reload();
}

async function finish(panel) {
  const ids = (panel.dataset.panels ?? "").split(" ").filter(Boolean);
  if (!ids.length) {
    again();
    return;
  }
  await refresh(...ids).catch(again);
}

async function follow(panel, pause) {
  await new Promise((done) => setTimeout(done, pause));
  if (!panel.isConnected) return;
  const job = await ask(panel);
  if (job?.ended) {
    await finish(panel);
    return;
  }
  if (job) show(panel, job);
  else panel.querySelector("[data-job-text]").textContent = t("进度没有取到，稍后自动再取。");
  follow(panel, Math.min(pause * 1.5, SLOWEST));
}

each("[data-job]", (panel) => follow(panel, FIRST));
