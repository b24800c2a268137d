"""Reading a stamped scan: every page told apart and put upright. Killed and run again, it is one reading."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from xingyun.applications.actions import scans
from xingyun.applications.models import ScanPart, ScanReading
from xingyun.applications.queries.booklets import printed
from xingyun.applications.queries.stamped import (
    evidence_number,
    other_pages,
    stamped_pages,
    wanted_pages,
)
from xingyun.applications.states import ScanState
from xingyun.clock import now
from xingyun.documents.stamped import Found, Kind, Look, Match, Sheet, bind, look_apart, match
from xingyun.files import actions as files
from xingyun.files import kept
from xingyun.files.models import File
from xingyun.files.queries import path
from xingyun.jobs.run import Run


def read(run: Run) -> None:
    """Bring the scan named in the payload to READ, unless it was dropped or more files have come."""
    reading = ScanReading.objects.select_related("booklet").get(pk=run.payload["reading"])
    if reading.state != ScanState.READING:
        return
    parts = list(ScanPart.objects.filter(reading=reading).select_related("file").order_by("pk"))
    with kept.workplace() as folder:
        match, pictures = _matched(reading, parts, folder, run)
        rows, file = _upright(match, pictures, parts, folder)
    ids = [part.pk for part in parts]
    scans.keep_read(reading=reading, files=ids, found=rows, file=file, run=run)


def _matched(
    reading: ScanReading, parts: Sequence[ScanPart], folder: Path, run: Run
) -> tuple[Match, list[Path]]:
    booklet = reading.booklet
    wanted, looks, pictures = wanted_pages(booklet), [], []
    for n, part in enumerate(parts):
        run.progress(n, len(parts))
        here = folder / str(n)
        here.mkdir()
        pages = part.file.pages or 1
        found = look_apart(path(part.file), pages, wanted, here)
        looks.append(found if found is not None else tuple(Look(page) for page in range(1, pages + 1)))
        pictures.append(here)
    contents = other_pages(booklet)
    others = {
        code
        for seen in looks
        for one in seen
        for code in one.codes
        if (code.page, code.digest) in contents or evidence_number(booklet, code.page)
    }
    told = match(
        looks,
        [Sheet(sheet.code, sheet.needed) for sheet in printed(booklet)],
        held=stamped_pages(booklet).keys(),
        others=others,
    )
    return told, pictures


def _upright(
    told: Match, pictures: Sequence[Path], parts: Sequence[ScanPart], folder: Path
) -> tuple[list[dict[str, Any]], File | None]:
    """A row for every page, and the file of those that were put upright, fitting ones in the book's order."""
    shown = [*told.fits.values(), *(f for f in told.found if f.kind is Kind.UNREAD and f.image)]
    where = {(one.file, one.page): index for index, one in enumerate(shown)}
    file = None
    if shown:
        out = bind([(pictures[one.file] / one.image, 0) for one in shown], folder / "upright.pdf")
        file = files.store(source=out, now=now(), kind="application/pdf", pages=len(shown))
    return [_row(one, parts, where.get((one.file, one.page))) for one in told.found], file


def _row(one: Found, parts: Sequence[ScanPart], index: int | None) -> dict[str, Any]:
    return {
        "file": parts[one.file].name,
        "page": one.page,
        "kind": str(one.kind),
        "number": one.number,
        "whose": one.whose,
        "red": one.red,
        "turned": round(one.turned),
        "index": index,
    }
