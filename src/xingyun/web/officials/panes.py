"""The middle of the desk: a page with its findings and notes, larger or turned; another page beside it.

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
from xingyun.reviews.models import Note
from xingyun.reviews.queries import Doubt
from xingyun.web.officials.leaves import Leaf, Sheet
from xingyun.web.officials.leaves import sheets as sheets_of
from xingyun.web.officials.reading import Group, Item

STEPS = (100, 150, 200, 300)  # per cent of the column's width
WHOLE = 1000
FLAG = 110


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
class Pin:
    """A note on a page: its number among all notes of the desk, and where its tip is on the page as shown."""

    n: int
    note: Note
    x: int
    y: int

    @property
    def flag(self) -> int:
        """Where its flag begins: to the right of the tip, to its left where there is no room."""
        return self.x if self.x + FLAG <= WHOLE else self.x - FLAG


@dataclass(frozen=True, slots=True)
class Drawn:
    """What may be drawn over pages: findings, notes, and whether a note can be pinned there now."""

    findings: Sequence[Finding]
    notes: Sequence[Note] = ()
    pinning: bool = False


@dataclass(frozen=True, slots=True)
class Pane:
    """One page with what lies around it.

    `high` is its height where it is a thousand across, 0 where nothing is drawn over it. Addresses are
    empty where there is nothing.
    """

    label: str
    sheets: Sequence[Sheet]
    number: int
    marks: tuple[Mark, ...]
    pins: tuple[Pin, ...]
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
    finding: int
    rest: Mapping[str, str]

    def to(self, **changed: str | int) -> str:
        """The address of the same look but for this; what is as it usually is stands in no address."""
        asked = {
            "at": self.at, "page": self.page, "zoom": self.zoom, "turn": self.turn,
            "beside": self.beside, "bpage": self.beside_page,
            # The finding that is looked at is on this page.
            "finding": 0 if "page" in changed else self.finding, **changed,
        }  # fmt: skip
        usual = {"page": 1, "zoom": STEPS[0], "turn": 0, "beside": "", "bpage": 1, "finding": 0}
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
        finding=number(asked.get("finding", ""), 12),
        rest={"list": said} if said else {},
    )


def pane(look: Look, item: Item, sheets: Sequence[Sheet], over: Drawn) -> Pane | None:
    """The page that lies open; None where the entry has no pages."""
    if not sheets:
        return None
    at = min(look.page, len(sheets))
    before = look.to(page=at - 1) if at > 1 else ""
    after = look.to(page=at + 1) if at < len(sheets) else ""
    return _pane(item.label, sheets, at, look.size, look.turn, over, before, after)


def beside(
    look: Look, work: Workspace, groups: Sequence[Group], over: Drawn, doubts: Sequence[Doubt]
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
    return _pane(label, sheets, at, look.size, 0, over, before, after)


def asked_for(look: Look, pane: Pane | None, found: Sequence[Finding]) -> list[Finding]:
    """The findings of the page, and the one whose other page lies beside it."""
    here = [mark.finding.pk for mark in pane.marks] if pane else []
    return [one for one in found if one.pk in here or look.beside == f"finding:{one.pk}"]


def choices(groups: Sequence[Group]) -> list[tuple[str, str]]:
    """The entries that have pages, for laying one beside."""
    return [
        (item.key, f"{group.label}：{item.label}") for group in groups for item in group.items if item.pages
    ]


def number(text: str, digits: int = 5) -> int:
    """A number from the address; 0 for what is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= digits else 0


def upright(x: int, y: int, turn: int) -> tuple[int, int]:
    """A point on the page as it is shown, on the page as it is; thousandths both."""
    for _quarter in range(turn % 4):
        x, y = y, WHOLE - x
    return x, y


def shown(x: int, y: int, turn: int) -> tuple[int, int]:
    """A point on the page as it is, on the page turned by quarters."""
    return upright(x, y, -turn)


def _entry(key: str, work: Workspace, groups: Sequence[Group]) -> tuple[str, list[Sheet]] | None:
    item = next((item for group in groups for item in group.items if item.key == key), None)
    return (item.label, sheets_of(work, key)) if item else None


def _shared(key: str, doubts: Sequence[Doubt]) -> tuple[str, list[Sheet]] | None:
    for one in doubts:
        if key == f"finding:{one.finding.pk}" and one.seen and one.theirs and one.other:
            n, name = one.finding.beside.get("page") or 1, one.theirs.name
            file = [one.other.uid, one.theirs.uid]
            label = _("另一家：%(name)s 第 %(n)s 页") % {"name": name, "n": n}
            source = reverse("desk_file_page", args=[*file, n])
            leaf = Leaf(str(one.theirs.uid), one.theirs.file, one.theirs.name, n)
            sheet = Sheet(leaf, source, label, reverse("desk_file", args=file))
            return one.other.enterprise.name, [sheet]
    return None


def _pane(
    label: str,
    sheets: Sequence[Sheet],
    at: int,
    size: str,
    turn: int,
    over: Drawn,
    before: str,
    after: str,
) -> Pane:
    sheet = sheets[at - 1]
    high = _high(sheet, turn, over)
    marks = tuple(_marks(sheet, over.findings, turn, high))
    pins = tuple(_pins(sheet, over.notes, turn, high))
    return Pane(label, sheets, at, marks, pins, _picture(sheet, size, turn), high, before, after)


def _picture(sheet: Sheet, size: str, turn: int) -> str:
    asked = {name: value for name, value in (("size", size), ("turn", turn)) if value not in ("page", 0)}
    return f"{sheet.src}?{urlencode(asked)}" if asked else sheet.src


def _here(sheet: Sheet, found: Sequence[Finding]) -> list[Finding]:
    return [one for one in found if one.file_id == sheet.file.pk and one.page == sheet.page]


def _high(sheet: Sheet, turn: int, over: Drawn) -> int:
    """The picture is looked at only where something is drawn over it."""
    boxed = any(one.box for one in _here(sheet, over.findings))
    if not (boxed or over.pinning or any(note_here(sheet, note) for note in over.notes)):
        return 0
    ratio = pictures.shape(sheet.file, sheet.page)
    return round(WHOLE * (ratio if turn % 2 == 0 else 1 / ratio))


def note_here(sheet: Sheet, note: Note) -> bool:
    """Whether a note is pinned to this page."""
    return (note.file_id, note.page) == sheet.leaf.key


def _pins(sheet: Sheet, notes: Sequence[Note], turn: int, high: int) -> Iterator[Pin]:
    for n, note in enumerate(notes, 1):
        if note_here(sheet, note) and note.x is not None and note.y is not None:
            x, y = shown(note.x, note.y, turn)
            yield Pin(n, note, x, y * high // WHOLE)


def down_the_page(one: Finding) -> tuple[bool, list[int], int]:
    """The order of findings on a page: those with a box first, from top to bottom."""
    return not one.box, one.box[1:2], one.pk


def _marks(sheet: Sheet, found: Sequence[Finding], turn: int, high: int) -> Iterator[Mark]:
    """The findings of this page, numbered."""
    here = sorted(_here(sheet, found), key=down_the_page)
    for n, one in enumerate(here, 1):
        yield Mark(n, one, _turned(one.box, turn, high) if len(one.box) == 4 else None)


def _turned(box: Sequence[int], turn: int, high: int) -> tuple[int, int, int, int]:
    """Thousandths of the page to the units of the drawing, which is 1000 across."""
    left, top, right, bottom = box
    for _quarter in range(turn):
        left, top, right, bottom = WHOLE - bottom, left, WHOLE - top, right
    y, far = top * high // WHOLE, bottom * high // WHOLE
    return left, y, max(right - left, 4), max(far - y, 4)
