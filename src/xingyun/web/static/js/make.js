// Elements made from data: text goes in as text, never as markup.
const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes and children; a string child is text. */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** An icon of the sprite; the word stands beside it. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "i");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${document.body.dataset.icons}#${name}`);
  svg.append(use);
  return svg;
}

/** Put another icon into an existing one. */
export function setIcon(svg, name) {
  svg.querySelector("use").setAttribute("href", `${document.body.dataset.icons}#${name}`);
}

/** A message box: kind is ok, wait or bad. */
export function say(kind, ...children) {
  const names = { ok: "accept", wait: "warn", bad: "warn" };
  return el("div", { class: `say ${kind}` }, icon(names[kind] ?? "info"), el("div", {}, ...children));
}
