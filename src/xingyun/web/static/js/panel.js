// A panel is an element with an id. It is fetched again with its page and put in the old one's place.

/** Put the panels of these ids as the server would draw them now; the focus stays where it was. */
export async function refresh(...ids) {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const id of ids) swap(id, page.getElementById(id));
}

/** Put `fresh` in the place of the panel of this id. */
export function swap(id, fresh) {
  const old = document.getElementById(id);
  if (!old || !fresh) return;
  const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
  old.replaceWith(document.adoptNode(fresh));
  if (focused) document.getElementById(focused)?.focus();
  document.dispatchEvent(new CustomEvent("panel", { detail: fresh }));
}

/** The panel that a piece of markup from our own server holds. */
export function parse(html) {
  return new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
}

/** Run `begin` on the elements there are now, and on those that come with a panel. */
export function each(selector, begin) {
  document.querySelectorAll(selector).forEach(begin);
  document.addEventListener("panel", (event) => {
    const panel = event.detail;
    if (panel.matches(selector)) begin(panel);
    panel.querySelectorAll(selector).forEach(begin);
  });
}
