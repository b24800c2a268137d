"""A person without a mouse: everything is reached by Tab and done by keys, and the focus is seen on the way."""

import re
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Locator, Page

FAR = 220  # more stops than the longest page has
# Where the focus is, and what the element that had it before looks like now that it is gone.
STEP = """() => {
  const last = window.__last;
  let flat = "";
  if (last && last.at.isConnected && last.at !== document.activeElement) {
    const now = getComputedStyle(last.shown);
    if (now.outline === last.outline && now.boxShadow === last.shadow) flat = last.at.outerHTML.slice(0, 120);
  }
  const at = document.activeElement;
  if (!at || at === document.body) return { nowhere: true, flat };
  // What is not seen itself is shown by its label.
  const shown = at.classList.contains("unseen") ? at.closest("label") : at;
  const { outline, boxShadow } = getComputedStyle(shown);
  const same = last?.at === at;
  window.__last = { at, shown, outline, shadow: boxShadow };
  // A link around a picture has an empty piece before it: the largest one is what is seen.
  const area = (box) => box.width * box.height;
  const [box] = [...shown.getClientRects()].sort((one, other) => area(other) - area(one));
  // Not wholly covered, nor out of sight: one of its ends or its middle is there.
  const points = [0.5, 0.05, 0.95].map((part) => [box.left + box.width / 2, box.top + box.height * part]);
  const hits = points.map(([x, y]) => document.elementFromPoint(x, y));
  const seen = hits.some((hit) => hit && (shown.contains(hit) || hit.contains(shown)));
  const covers = hits.map((hit) => hit?.outerHTML.slice(0, 80) ?? "nothing").join(" / ");
  const where = `${Math.round(box.left)},${Math.round(box.top)} ${Math.round(box.width)}×${Math.round(box.height)}`;
  return { flat, same, seen, what: `${at.outerHTML.slice(0, 120)} at ${where} under ${covers}, scrolled ${scrollY}` };
}"""


class Keys:
    """The keyboard of one page; each method fails where the focus is lost, hidden, flat or trapped."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, wanted: Locator, key: str = "Enter") -> None:
        """Go there and press a key."""
        self.reach(wanted)
        self.page.keyboard.press(key)

    def write(self, wanted: Locator, text: str) -> None:
        """Go there, replace what stands in it."""
        self.reach(wanted)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def pick(self, wanted: Locator, text: str) -> None:
        """Go to a list and move down to the option that holds this text."""
        self.reach(wanted)
        options = wanted.locator("option").all_inner_texts()
        at = next(n for n, option in enumerate(options) if text in option)
        self.page.keyboard.press("Home")
        for _ in range(at):
            self.page.keyboard.press("ArrowDown")
        assert wanted.evaluate("e => e.selectedIndex") == at, f"{text} is not reached by arrows"

    def tick(self, wanted: Locator) -> None:
        """Tick a box, or go to its group and move to this choice of it."""
        if wanted.get_attribute("type") != "radio":
            if not wanted.is_checked():
                self.press(wanted, "Space")
            return
        name = wanted.get_attribute("name")
        group = self.page.locator(f"input[type=radio][name='{name}']")
        chosen = group.locator("xpath=self::*[@checked]")
        self.reach(chosen if chosen.count() else group.first)
        self.page.keyboard.press("Space")
        for _ in range(group.count()):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{name} is not chosen by arrows")

    def choose(self, wanted: Locator, *files: Path) -> None:
        """Open the window for files and name some."""
        self.reach(wanted)
        # Chromium keeps a second window back while the first one, which nobody sees here, is closing.
        for key in ("Enter", "Space") * 4:
            with suppress(Error), self.page.expect_file_chooser(timeout=3000) as coming:
                self.page.keyboard.press(key)
                coming.value.set_files(files)
                return
            assert wanted.evaluate("e => e === document.activeElement"), "the focus is lost"
        raise AssertionError("no window for files comes")

    def reach(self, wanted: Locator, key: str = "Tab") -> None:
        """Tab until this has the focus."""
        wanted.first.wait_for(state="attached")
        handle = wanted.first.element_handle()
        lost = stuck = 0
        for _ in range(FAR):
            if handle.evaluate("e => e === document.activeElement"):
                return
            self.page.keyboard.press(key)
            step: dict[str, Any] = self.page.evaluate(STEP)
            assert not step["flat"], f"the focus is not seen on {step['flat']}"
            if step.get("nowhere"):  # behind the last element of the page, once
                lost += 1
                assert lost < 3, f"the focus is lost on the way to {wanted}"
                continue
            stuck = stuck + 1 if step["same"] else 0
            assert stuck < 2, f"the focus is trapped at {step['what']}"
            assert step["seen"], f"the focus is out of sight or covered at {step['what']}"
        raise AssertionError(f"{wanted} is not reached by {key}")

    def link(self, name: str) -> None:
        """Follow a link."""
        self.press(self.page.get_by_role("link", name=name).first)

    def button(self, name: str) -> None:
        """Press a button."""
        self.press(self.page.get_by_role("main").get_by_role("button", name=name).first)

    def label(self, text: str) -> Locator:
        """The field whose label begins so."""
        return self.page.get_by_label(re.compile(f"^{re.escape(text)}")).first
