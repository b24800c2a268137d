"""The middle of the desk: a page with the boxes of its findings, larger or turned; another page beside it.

The address says all of it, so that every look can be gone back to, and no script is needed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from xingyun.applications.queries import Workspace
from xingyun.evidence.models import Finding
from xingyun.files import pictures
from xingyun.reviews.queries import Doubt
from xingyun.web.officials import reading
from xingyun.web.officials.reading import Group, Item, Sheet

STEPS = (100, 150, 200, 300)  # per cent of the column's width
WHOLE = 1000


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding on a page: its number among those of the page, and its box (left, top, width, height)."""

    n: int
    finding: Finding
    box: tuple[int, int, int, int] | None

    @property
    def beyond(self) -> int:
        """Where its number stands: left of the box, or inside where there is no room."""
        return max(self.box[0], 24) if self.box else 0


@dataclass(frozen=True, slots=True)
class Pane:
    """One page with what lies around it; `high` is its height where it is a thousand across.

    Addresses are empty where there is nothing.
    """

    label: str
    sheets: Sequence[Sheet]
    number: int
    marks: tuple[Mark, ...]
    src: str
    high: int
    previous: str = ""
    following: str = ""

    @property
    def sheet(self) -> Sheet:
        """The page itself."""
        return self.sheets[self.number - 1]


@dataclass(frozen=True, slots=True)
class Look:
    """How the page is looked at: in per cent, by quarters turned clockwise, what lies beside it."""

    at: str
    page: int
    zoom: int
    turn: int
    beside: str
    beside_page: int
    rest: Mapping[str, str]

    def to(self, **changed: str | int) -> str:
        """The address of the same look but for this; what is as it usually is stands in no address."""
        asked = {
            "at": self.at, "page": self.page, "zoom": self.zoom, "turn": self.turn,
            "beside": self.beside, "bpage": self.beside_page, **changed,
        }  # fmt: skip
        usual = {"page": 1, "zoom": STEPS[0], "turn": 0, "beside": "", "bpage": 1}
        told = {name: value for name, value in asked.items() if value != usual.get(name)}
        if not asked["beside"]:
            told.pop("bpage", None)
        return f"?{urlencode({**told, **self.rest})}"

    @property
    def larger(self) -> str:
        """The address of the next larger look; empty at the largest."""
        return self.to(zoom=STEPS[STEPS.index(self.zoom) + 1]) if self.zoom != STEPS[-1] else ""

    @property
    def smaller(self) -> str:
        """The address of the next smaller look; empty at the smallest."""
        return self.to(zoom=STEPS[STEPS.index(self.zoom) - 1]) if self.zoom != STEPS[0] else ""

    @property
    def turned(self) -> str:
        """The address of the page a quarter further."""
        return self.to(turn=(self.turn + 1) % 4)

    @property
    def size(self) -> str:
        """The picture that is sharp enough."""
        return "large" if self.zoom > STEPS[0] else "page"


def look_of(asked: QueryDict, at: str) -> Look:
    """What the address says; what it says wrongly is as it usually is."""
    zoom = number(asked.get("zoom", ""))
    said = asked.get("list", "")
    return Look(
        at=at,
        page=max(number(asked.get("page", "")), 1),
        zoom=zoom if zoom in STEPS else STEPS[0],
        turn=number(asked.get("turn", "")) % 4,
        beside=asked.get("beside", "")[:80],
        beside_page=max(number(asked.get("bpage", "")), 1),
        rest={"list": said} if said else {},
    )


def pane(look: Look, item: Item, sheets: Sequence[Sheet], found: Sequence[Finding]) -> Pane | None:
    """The page that lies open; None where the entry has no pages."""
    if not sheets:
        return None
    at = min(look.page, len(sheets))
    sheet = sheets[at - 1]
    high = _high(sheet, look.turn, found)
    marks = tuple(_marks(sheet, found, look.turn, high))
    src = _picture(sheet, look.size, look.turn)
    before = look.to(page=at - 1) if at > 1 else ""
    after = look.to(page=at + 1) if at < len(sheets) else ""
    return Pane(item.label, sheets, at, marks, src, high, before, after)


def beside(
    look: Look, work: Workspace, groups: Sequence[Group], found: Sequence[Finding], doubts: Sequence[Doubt]
) -> Pane | None:
    """The page that lies beside: of another entry, or of another application where a finding shares it.

    Another application's page is shown to whoever may see that application, to nobody else (`doubts`).
    """
    label, sheets = _entry(look.beside, work, groups) or _shared(look.beside, doubts) or ("", [])
    if not sheets:
        return None
    at = min(look.beside_page, len(sheets))
    before = look.to(bpage=at - 1) if at > 1 else ""
    after = look.to(bpage=at + 1) if at < len(sheets) else ""
    sheet = sheets[at - 1]
    high = _high(sheet, 0, found)
    marks = tuple(_marks(sheet, found, 0, high))
    return Pane(label, sheets, at, marks, _picture(sheet, look.size, 0), high, before, after)


def asked_for(look: Look, pane: Pane | None, found: Sequence[Finding]) -> list[Finding]:
    """The findings of the page, and the one whose other page lies beside it."""
    here = [mark.finding.pk for mark in pane.marks] if pane else []
    return [one for one in found if one.pk in here or look.beside == f"finding:{one.pk}"]


def choices(work: Workspace, groups: Sequence[Group]) -> list[tuple[str, str]]:
    """The entries that have pages, for laying one beside."""
    return [
        (item.key, f"{group.label}：{item.label}")
        for group in groups
        for item in group.items
        if item.dot != "n" and reading.sheets(work, item.key)
    ]


def number(text: str) -> int:
    """A number from the address; 0 for what is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0


def _entry(key: str, work: Workspace, groups: Sequence[Group]) -> tuple[str, list[Sheet]] | None:
    item = next((item for group in groups for item in group.items if item.key == key), None)
    return (item.label, reading.sheets(work, key)) if item else None


def _shared(key: str, doubts: Sequence[Doubt]) -> tuple[str, list[Sheet]] | None:
    for one in doubts:
        if key == f"finding:{one.finding.pk}" and one.seen and one.theirs and one.other:
            n, name = one.finding.beside.get("page") or 1, one.theirs.name
            file = [one.other.uid, one.theirs.uid]
            label = _("另一家：%(name)s 第 %(n)s 页") % {"name": name, "n": n}
            source = reverse("desk_file_page", args=[*file, n])
            sheet = Sheet(source, label, reverse("desk_file", args=file), one.theirs.file, n)
            return one.other.enterprise.name, [sheet]
    return None


def _picture(sheet: Sheet, size: str, turn: int) -> str:
    asked = {name: value for name, value in (("size", size), ("turn", turn)) if value not in ("page", 0)}
    return f"{sheet.src}?{urlencode(asked)}" if asked else sheet.src


def _here(sheet: Sheet, found: Sequence[Finding]) -> list[Finding]:
    return [one for one in found if one.file_id == sheet.file.pk and one.page == sheet.page]


def _high(sheet: Sheet, turn: int, found: Sequence[Finding]) -> int:
    """The picture is looked at only where something is drawn over it."""
    boxed = any(one.box for one in _here(sheet, found))
    ratio = pictures.shape(sheet.file, sheet.page) if boxed else pictures.PAPER
    return round(WHOLE * (ratio if turn % 2 == 0 else 1 / ratio))


def _marks(sheet: Sheet, found: Sequence[Finding], turn: int, high: int) -> Iterator[Mark]:
    """The findings of this page: those with a box first, from top to bottom."""
    here = _here(sheet, found)
    here.sort(key=lambda one: (not one.box, one.box[1:2], one.pk))
    for n, one in enumerate(here, 1):
        yield Mark(n, one, _turned(one.box, turn, high) if len(one.box) == 4 else None)


def _turned(box: Sequence[int], turn: int, high: int) -> tuple[int, int, int, int]:
    """Thousandths of the page to the units of the drawing, which is 1000 across."""
    left, top, right, bottom = box
    for _quarter in range(turn):
        left, top, right, bottom = WHOLE - bottom, left, WHOLE - top, right
    y, far = top * high // WHOLE, bottom * high // WHOLE
    return left, y, max(right - left, 4), max(far - y, 4)
