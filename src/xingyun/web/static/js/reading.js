// The reading desk: a page that was looked at is remembered; a note is pinned by a click, or moved by Alt and the arrows.
import { setIcon } from "./make.js";

const LOOKED_AT = 800; // milliseconds in sight: leafing through is not reading
const STEP = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** The page counts as read in the strip, the list and the sum, as the server will say next time. */
function told(form) {
  form.remove();
  const open = document.querySelector(".strip [aria-current]");
  const sum = document.querySelector(".desk nav [data-read-then]");
  for (const words of [sum, open?.querySelector("[data-read-then]")]) {
    if (words) words.textContent = words.dataset.readThen;
  }
  if (sum) sum.parentElement.querySelector("progress").value += 1;
  const sign = open?.querySelector(".i");
  if (sign?.querySelector("use").getAttribute("href").endsWith("#empty")) setIcon(sign, "accept");
}

async function remember(form) {
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new FormData(form),
    });
    if (answer.ok) told(form);
  } catch {
    form.hidden = false; // not remembered: the button is there to say it by hand
  }
}

/** Runs once the page has been in sight for a while. */
function inSight(then) {
  let timer = 0;
  const look = () => {
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(then, LOOKED_AT);
  };
  document.addEventListener("visibilitychange", look);
  look();
}

const read = document.querySelector("form[data-read]");
if (read) {
  const page = document.querySelector(".leaf .scan");
  read.hidden = true;
  let done = false;
  const seen = () => {
    if (done) return;
    done = true;
    remember(read);
  };
  if (page.complete && page.naturalWidth) inSight(seen);
  else {
    page.addEventListener("load", () => inSight(seen), { once: true });
    page.addEventListener("error", () => (read.hidden = false), { once: true });
  }
}

class Pin {
  constructor(form, mark) {
    this.form = form;
    this.mark = mark;
    this.leaf = mark.closest(".leaf");
    this.high = mark.ownerSVGElement.viewBox.baseVal.height;
    this.fields = [form.elements.left, form.elements.top];
    this.leaf.classList.add("pinning");
    this.leaf.addEventListener("click", (event) => this.click(event));
    form.addEventListener("input", () => this.show());
    form.addEventListener("keydown", (event) => this.key(event));
    form.elements.text.addEventListener("focus", () => this.show(true));
    form.querySelector("[data-note-hint]").hidden = false;
    this.show();
  }

  /** The mark stands where the fields say; it is there while something is being written. */
  show(begun = Boolean(this.form.elements.text.value)) {
    const [left, top] = this.fields.map((field) => Math.min(Math.max(Number(field.value) || 0, 0), 100));
    this.mark.setAttribute("transform", `translate(${left * 10} ${(top * this.high) / 100})`);
    // To the left of its tip where there is no room on the right.
    this.mark.querySelector("g").setAttribute("transform", `translate(${left > 89 ? -110 : 0} -46)`);
    this.mark.classList.toggle("unpinned", !begun);
  }

  click(event) {
    const box = this.leaf.getBoundingClientRect();
    this.to((100 * (event.clientX - box.left)) / box.width, (100 * (event.clientY - box.top)) / box.height);
    this.form.elements.text.focus({ preventScroll: false });
  }

  key(event) {
    if (!event.altKey || !STEP[event.key]) return;
    event.preventDefault();
    const [left, top] = this.fields.map((field) => Number(field.value) || 0);
    this.to(left + STEP[event.key][0], top + STEP[event.key][1]);
    this.mark.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  to(...places) {
    places.forEach((place, n) => {
      this.fields[n].value = (Math.round(Math.min(Math.max(place, 0), 100) * 10) / 10).toString();
    });
    this.show(true);
  }
}

const form = document.querySelector("form[data-note]");
if (form) {
  const mark = document.querySelector("[data-pin]");
  if (mark && form.elements.left) new Pin(form, mark);
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    if (event.key === "Escape") event.target.blur();
  });
}
