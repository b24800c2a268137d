"""Which printed pages came back stamped, and exactly which are to be printed and stamped anew."""

from collections.abc import Mapping, Sequence

from xingyun.applications.models import Application, Booklet, ScanReading, StampedPage, StampedScan
from xingyun.applications.queries.booklets import Printed, printed
from xingyun.applications.states import OPEN_SCANS
from xingyun.documents.stamped import Place
from xingyun.documents.stamped.codes import PageCode


def stamped_pages(booklet: Booklet) -> Mapping[int, StampedPage]:
    """By number the stamped pages that fit this booklet, of whichever version they are (one query)."""
    live = StampedPage.objects.filter(application=booklet.application_id, removed_at=None)
    known = {(page.number, page.digest): page for page in live.select_related("file", "reading")}
    wanted = [(sheet.number, sheet.code.digest) for sheet in printed(booklet)]
    return {number: known[number, digest] for number, digest in wanted if (number, digest) in known}


def unstamped(booklet: Booklet, held: Mapping[int, StampedPage]) -> list[Printed]:
    """The pages that the applicant has to print and stamp, in the order of the book."""
    return [sheet for sheet in printed(booklet) if sheet.needed and sheet.number not in held]


def unsealed(held: Mapping[int, StampedPage]) -> list[int]:
    """The numbers of stamped pages on which no red was seen where the applicant's seal belongs."""
    return sorted(number for number, page in held.items() if page.red is False)


def wanted_pages(booklet: Booklet) -> Mapping[PageCode, Sequence[Place]]:
    """The codes of pages that may come back stamped, with the places for the applicant's seals."""
    sheets = printed(booklet)
    return {s.code: [Place(x, y) for x, y in s.seals] if s.needed else [] for s in sheets}


def other_pages(booklet: Booklet) -> frozenset[tuple[int, str]]:
    """Number and digest of pages of the book in front that nobody stamps: the contents."""
    return frozenset(
        (section + of - 1, digest)
        for _place, section, digest, of, _pages, stamped in booklet.plan.get("sheets", [])
        if not stamped
    )


def evidence_number(booklet: Booklet, number: int) -> bool:
    """Whether a number is that of a separator or of evidence, which nobody stamps here."""
    return any(first <= number <= last for first, last in booklet.plan.get("materials", {}).values())


def open_scan(application: Application) -> ScanReading | None:
    """The scan that waits to be read or looked at."""
    known = ScanReading.objects.filter(application=application, state__in=OPEN_SCANS)
    return known.select_related("booklet", "file").first()


def scan_of(booklet: Booklet) -> StampedScan | None:
    """The live scan of a booklet."""
    live = StampedScan.objects.filter(booklet=booklet, removed_at=None)
    return live.select_related("file", "bound", "booklet").first()
