"""What the pages of a scan are: each one named, and what is missing. No page is judged by where it lay."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from xingyun.documents.stamped.codes import PageCode
from xingyun.documents.stamped.looking import Look


class Kind(StrEnum):
    """What a page of a scan is: only `FITS` takes the place of a page of the book.

    `DOUBLE`: the same page once more; `OUTDATED`: printed before something on it changed, or no longer in the
    book; `FOREIGN`: of another application; `OTHER`: of this book, but not to be stamped; `UNREAD`: no code.
    """

    FITS = "fits"
    DOUBLE = "double"
    OUTDATED = "outdated"
    FOREIGN = "foreign"
    OTHER = "other"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the book that is printed and stamped. `needed` is False where somebody else stamps it."""

    code: PageCode
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """Page `page` of file `file` (both as given). `number` is printed on it, `whose` its application's."""

    file: int
    page: int
    kind: Kind
    number: int | None = None
    whose: str = ""
    red: bool | None = None
    image: str = ""
    turned: float = 0.0


@dataclass(frozen=True, slots=True)
class Match:
    """Every page of the scan in the order in which it came, and the numbers that are still missing."""

    found: tuple[Found, ...]
    missing: tuple[int, ...]

    @property
    def faults(self) -> tuple[Found, ...]:
        """What a person has to be told."""
        return tuple(one for one in self.found if one.kind is not Kind.FITS)

    @property
    def fits(self) -> Mapping[int, Found]:
        """By number what takes a page's place, in the order of the book."""
        fits = {one.number: one for one in self.found if one.kind is Kind.FITS and one.number}
        return dict(sorted(fits.items()))


def match(
    looks: Sequence[Sequence[Look]],
    sheets: Sequence[Sheet],
    *,
    held: Collection[int] = (),
    others: Collection[PageCode] = (),
) -> Match:
    """Compare the pages of files with the `sheets` of a book.

    `held` are numbers of sheets whose stamped pages came earlier and still fit; `others` are codes of pages
    of the book that nobody stamps.
    """
    known = {sheet.code: sheet for sheet in sheets}
    whose = {sheet.code.number.upper() for sheet in sheets}
    pages = [(file, look) for file, run in enumerate(looks) for look in run]
    best = _best(pages, known)
    found = tuple(_named(file, look, known, whose, frozenset(others), best) for file, look in pages)
    come = {one.number for one in found if one.kind is Kind.FITS} | set(held)
    return Match(found, tuple(s.code.page for s in sheets if s.needed and s.code.page not in come))


def _best(
    pages: Sequence[tuple[int, Look]], known: Mapping[PageCode, Sheet]
) -> Mapping[PageCode, tuple[int, int]]:
    """Of each sheet the page that is taken: with red before one without, earlier before later."""
    best: dict[PageCode, tuple[int, int]] = {}
    without: set[PageCode] = set()
    for file, look in pages:
        code = next((code for code in look.codes if code in known), None)
        if code is None:
            continue
        if code not in best or (code in without and look.red):
            best[code] = (file, look.page)
            without.discard(code)
            if look.red is False:
                without.add(code)
    return best


def _named(
    file: int,
    look: Look,
    known: Mapping[PageCode, Sheet],
    whose: Collection[str],
    others: Collection[PageCode],
    best: Mapping[PageCode, tuple[int, int]],
) -> Found:
    code = next((code for code in look.codes if code in known), None)
    if code is not None:
        kind = Kind.FITS if best[code] == (file, look.page) else Kind.DOUBLE
        return Found(file, look.page, kind, code.page, code.number, look.red, look.image, look.turned)
    for code in _nearest(look.codes, whose):
        if code.number.upper() not in whose:
            return Found(file, look.page, Kind.FOREIGN, code.page, code.number)
        kind = Kind.OTHER if code in others else Kind.OUTDATED
        return Found(file, look.page, kind, code.page, code.number)
    return Found(file, look.page, Kind.UNREAD, image=look.image)


def _nearest(codes: Sequence[PageCode], whose: Collection[str]) -> Iterator[PageCode]:
    """Those of this application first."""
    yield from sorted(codes, key=lambda code: code.number.upper() not in whose)
