"""Binding a book, printing and sealing its pages, handing them back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from django.conf import settings
from tests.factories.applications import Made

from xingyun.applications import actions
from xingyun.applications.models import Booklet, ScanReading, StampedScan
from xingyun.applications.queries.booklets import printed
from xingyun.applications.queries.stamped import scan_of as live_scan
from xingyun.applications.states import BookletState
from xingyun.documents.booklet import extract
from xingyun.documents.fonts import find_fonts
from xingyun.documents.samples import Stamp, scan_of
from xingyun.files import actions as files
from xingyun.files.models import File
from xingyun.files.queries import path

Work = Callable[[], int]


def ask(made: Made) -> Booklet:
    """Ask for the booklet as the applicant."""
    return actions.make_booklet(application=made.application, actor=made.actor, now=made.ground.now)


def bound(made: Made, work: Work) -> Booklet:
    """The booklet, ready."""
    booklet = ask(made)
    work()
    booklet.refresh_from_db()
    assert booklet.state == BookletState.READY, booklet.error
    return booklet


def type_into(made: Made, field: str, raw: str) -> None:
    """Change an answer."""
    made.application = made.fresh()
    before = made.application.answers.get(field, "")
    actions.save_answer(
        application=made.application,
        field=field,
        raw=raw,
        seen=actions.digest(before),
        actor=made.actor,
        now=made.ground.now,
    )


def needed(booklet: Booklet) -> list[int]:
    """The numbers of the pages that the applicant stamps."""
    return [sheet.number for sheet in printed(booklet) if sheet.needed]


def scanned(
    booklet: Booklet, folder: Path, numbers: list[int] | None = None, *, seals: bool = False, dpi: int = 150
) -> File:
    """Pages of the booklet, printed and scanned: with `seals` as a scanner sees them, else quickly, clean."""
    assert booklet.file is not None
    sheets = {sheet.number: sheet for sheet in printed(booklet)}
    wanted = [sheets[number] for number in numbers or needed(booklet)]
    places, out = [sheet.place for sheet in wanted], folder / "scan.pdf"
    if seals:
        stamps = [Stamp(s.place, x, y, "云岫") for s in wanted for x, y in s.seals]
        fonts = find_fonts(settings.FONTS)
        scan_of(path(booklet.file), out, fonts=fonts, stamps=stamps, pages=places, dpi=dpi)
    else:
        extract(path(booklet.file), places, out)
    at = booklet.application.created_at
    return files.store(source=out, now=at, kind="application/pdf", pages=count(out))


def count(of: Path) -> int:
    """How many pages a PDF has."""
    document = pdfium.PdfDocument(of)
    try:
        return len(document)
    finally:
        document.close()


def given(made: Made) -> dict[str, Any]:
    """Who acts, on what, when."""
    return {"application": made.fresh(), "actor": made.actor, "now": made.ground.now}


def bring(made: Made, file: File, work: Work, name: str = "扫描.pdf") -> ScanReading:
    """Upload a scan as the applicant, and have it read."""
    reading = actions.bring_scan(file=file, name=name, **given(made))
    work()
    reading.refresh_from_db()
    return reading


def add(made: Made, file: File, work: Work) -> StampedScan:
    """Upload the scan, take what was found; all that is needed is there then."""
    reading = bring(made, file, work)
    actions.take_scan(scan=reading.uid, placed={}, **given(made))
    work()
    scan = live_scan(reading.booklet)
    assert scan is not None
    return scan
