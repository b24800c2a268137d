"""What came back from the printer: which pages are there, which are missing, what the last scan held."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from xingyun.applications.models import Application, Booklet, ScanReading, StampedPage
from xingyun.applications.queries.booklets import Printed, printed
from xingyun.applications.queries.stamped import stamped_pages, unstamped
from xingyun.applications.states import ScanState
from xingyun.documents.stamped import Kind

ORDER = (Kind.UNREAD, Kind.OUTDATED, Kind.FOREIGN, Kind.DOUBLE, Kind.OTHER)


@dataclass(frozen=True, slots=True)
class Thumb:
    """A page to be stamped and how it stands: `state` is gone, warn or nothing, `kind` colours the words."""

    number: int
    src: str
    state: str
    kind: str
    sign: str
    words: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A page (row `row` of what was read) that fits nowhere: what it is, what to do. `src` shows it."""

    row: int
    words: str
    kind: str
    src: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """What the pages show of stamped pages. `missing` are the sheets to be printed and stamped."""

    thumbs: tuple[Thumb, ...]
    missing: tuple[Printed, ...]
    faults: tuple[Fault, ...]
    unsealed: tuple[int, ...]
    fits: int
    files: str
    # Pages that came for an earlier version and still fit.
    kept: int

    @property
    def numbers(self) -> str:
        """The numbers of the missing pages, as they are read."""
        return _("、").join(str(sheet.number) for sheet in self.missing)

    @property
    def unread(self) -> list[Fault]:
        """Pages whose code could not be read, but which can be looked at."""
        return [fault for fault in self.faults if fault.src]


def check(booklet: Booklet, reading: ScanReading | None) -> Check:
    """How the printed pages of a booklet stand: what came before, and an open scan that was read."""
    held = stamped_pages(booklet)
    found = reading.found if reading and reading.state == ScanState.READ else []
    fits = {row["number"]: row for row in found if row["kind"] == Kind.FITS}
    lacking = tuple(sheet for sheet in unstamped(booklet, held) if sheet.number not in fits)
    thumbs = tuple(_thumbs(booklet, reading, held, fits))
    return Check(
        thumbs=thumbs,
        missing=lacking,
        faults=tuple(_faults(booklet.application, reading, found)),
        unsealed=tuple(one.number for one in thumbs if one.state == "warn"),
        fits=len(fits),
        files=_("、").join(dict.fromkeys(row["file"] for row in found)),
        kept=sum(page.reading.booklet_id != booklet.pk for page in held.values()),
    )


def _thumbs(
    booklet: Booklet,
    reading: ScanReading | None,
    held: Mapping[int, StampedPage],
    fits: Mapping[int, Mapping[str, Any]],
) -> Iterator[Thumb]:
    uid = booklet.application.uid
    for sheet in printed(booklet):
        number, row, page = sheet.number, fits.get(sheet.number), held.get(sheet.number)
        if row is not None and reading is not None:
            src = reverse("application_scan_page", args=[uid, reading.uid, row["index"] + 1])
            yield _thumb(number, src, row["red"], row["turned"])
        elif page is not None:
            src = reverse("application_scan_page", args=[uid, page.reading.uid, page.index + 1])
            yield _thumb(number, src, page.red, 0, by_hand=page.by_hand)
        elif sheet.needed:
            yield Thumb(number, "", "gone", "bad", "fault", _("缺"))


def _thumb(number: int, src: str, red: bool | None, turned: int, *, by_hand: bool = False) -> Thumb:
    if red is False:
        return Thumb(number, src, "warn", "wait", "warn", _("未见章"))
    if by_hand:
        return Thumb(number, src, "", "ok", "accept", _("人工认定"))
    if red:
        return Thumb(number, src, "", "ok", "seal", _("有章"))
    straightened = abs(turned) >= 1
    return Thumb(
        number,
        src,
        "",
        "ok",
        "retry" if straightened else "accept",
        _("已扶正") if straightened else _("认出"),
    )


def _faults(
    application: Application, reading: ScanReading | None, found: list[dict[str, Any]]
) -> Iterator[Fault]:
    rows = [(n, row) for n, row in enumerate(found) if row["kind"] != Kind.FITS]
    for n, row in sorted(rows, key=lambda one: (ORDER.index(Kind(one[1]["kind"])), one[0])):
        src = ""
        if row["kind"] == Kind.UNREAD and row["index"] is not None and reading is not None:
            src = reverse("application_scan_page", args=[application.uid, reading.uid, row["index"] + 1])
        yield Fault(n, words(row), "wait" if row["kind"] in (Kind.DOUBLE, Kind.OTHER) else "bad", src)


def words(row: Mapping[str, Any]) -> str:
    """What a page of a scan is, and what to do about it."""
    said = {
        Kind.UNREAD: _(
            "%(file)s 第 %(page)s 页：读不出二维码。请用 200 dpi 以上重扫，或在下面选它是哪一页。"
        ),
        Kind.OUTDATED: _(
            "%(file)s 第 %(page)s 页：是以前打印的第 %(number)s 页，内容已经改了。请重新打印这一页盖章。"
        ),
        Kind.FOREIGN: _("%(file)s 第 %(page)s 页：是另一份申请（%(whose)s）的，没有采用。"),
        Kind.DOUBLE: _("%(file)s 第 %(page)s 页：第 %(number)s 页重复了，只用一张。"),
        Kind.OTHER: _("%(file)s 第 %(page)s 页：是册内第 %(number)s 页，不用盖章，没有采用。"),
    }
    return said[Kind(row["kind"])] % row
