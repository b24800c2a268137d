// What an eye would stumble over on a page as it stands: sideways scrolling, text over text, a control that something
// lies upon, text cut off, bars that leave no room to read.
() => {
  const faults = [];
  const root = document.scrollingElement;
  const name = (e) => e.outerHTML.replace(/\s+/g, " ").slice(0, 110);
  const seen = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !e.closest(".unseen, .skip, option");
  if (root.scrollWidth > root.clientWidth) {
    const wide = [...document.body.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1);
    faults.push(`scrolls sideways by ${root.scrollWidth - root.clientWidth}: ${wide.slice(-2).map(name).join(" | ")}`);
  }

  const floats = (e) => {
    for (let n = e; n && n !== document.body; n = n.parentElement) if (["fixed", "sticky"].includes(getComputedStyle(n).position)) return n;
    return null;
  };
  const bars = [...document.body.querySelectorAll("*")].filter((e) => seen(e) && getComputedStyle(e).position === "fixed");
  const taken = bars.reduce((sum, e) => sum + e.getBoundingClientRect().height, 0);
  if (taken > innerHeight / 3) faults.push(`fixed bars take ${Math.round(taken)} of ${innerHeight}`);

  // The part of a rectangle that its scrolling ancestors let through.
  const shown = (box, e) => {
    let { left, top, right, bottom } = box;
    for (let n = e; n && n !== document.body; n = n.parentElement) {
      if (getComputedStyle(n).overflowX === "visible" && getComputedStyle(n).overflowY === "visible") continue;
      const frame = n.getBoundingClientRect();
      left = Math.max(left, frame.left);
      top = Math.max(top, frame.top);
      right = Math.min(right, frame.right);
      bottom = Math.min(bottom, frame.bottom);
    }
    return { left, top, right, bottom };
  };

  const lines = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || e.closest("svg, script, template, dialog:not([open])") || !seen(e) || floats(e)) continue;
    const range = document.createRange();
    range.selectNodeContents(walk.currentNode);
    for (const box of range.getClientRects()) {
      const { left, top, right, bottom } = shown(box, e);
      // Fonts claim more height than the signs have; the middle is what is read.
      const slack = (box.bottom - box.top) * 0.25;
      if (right - left > 2 && bottom - top > 2 * slack) lines.push({ e, left, right, top: top + slack, bottom: bottom - slack });
    }
  }
  lines.sort((a, b) => a.top - b.top);
  for (let i = 0; i < lines.length; i += 1) {
    for (let j = i + 1; j < lines.length && lines[j].top < lines[i].bottom - 1; j += 1) {
      const [a, b] = [lines[i], lines[j]];
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      if (a.e !== b.e && wide > 2) faults.push(`text over text: ${name(a.e)} | ${name(b.e)}`);
    }
  }

  for (const e of document.body.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")) {
    if (!seen(e) || floats(e) || e.closest("svg, dialog:not([open])")) continue;
    e.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
    const box = shown(e.getClientRects()[0] ?? e.getBoundingClientRect(), e);
    if (box.right - box.left < 3 || box.bottom - box.top < 3) continue;
    const hit = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
    const own = hit && (e.contains(hit) || hit.contains(e) || hit.closest("label")?.control === e);
    if (!own) faults.push(`covered: ${name(e)} by ${hit ? name(hit) : "nothing, it is outside"}`);
  }
  scrollTo(0, 0);

  for (const e of document.body.querySelectorAll("main *, header *, footer *")) {
    const style = getComputedStyle(e);
    const cut = ["hidden", "clip"].includes(style.overflowX) && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1;
    if (cut && seen(e) && style.textOverflow !== "ellipsis" && e.textContent.trim() && !e.closest("svg")) faults.push(`cut off: ${name(e)}`);
  }
  return faults;
}
