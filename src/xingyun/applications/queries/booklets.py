"""What a booklet is made of, and which booklet is the present one."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from xingyun.applications.models import Application, Booklet, StampedScan
from xingyun.applications.queries.parts import Rows, rows
from xingyun.audit.hashing import canonical
from xingyun.documents.render import TEMPLATES
from xingyun.documents.stamped.codes import PageCode
from xingyun.rounds.queries import rulebook_of
from xingyun.rulebook import Rulebook

SET_FROM = ("cover", "instructions", "form", "checklist", "contents", "separator", "overlay", "lib/base")

MARK = "XY1"  # on books that were made before pages told of themselves
# An application's number; its column takes no longer one.
NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,39}")

# The place for the authority's seal: it is printed in the book, and the applicant leaves it empty.
OPINION_SEAL = "seal:opinion"

Inputs = dict[str, Any]


@lru_cache(maxsize=1)
def template_digest() -> str:
    """The digest of the templates that a booklet is set from."""
    found = hashlib.sha256()
    for name in SET_FROM:
        found.update((TEMPLATES / f"{name}.typ").read_bytes())
    return found.hexdigest()


def inputs(application: Application, rulebook: Rulebook, found: Rows) -> Inputs:
    """Everything that goes into the booklet, as JSON: from it alone the book is made, again and again."""
    known = {field.key for field in rulebook.form.fields}
    return {
        "number": application.number,
        "edition": rulebook.digest,
        "templates": template_digest(),
        "answers": {k: raw for k, raw in application.answers.items() if k in known and raw.strip()},
        "files": [
            {"uid": str(a.uid), "sha256": a.file.sha256, "name": a.name, "slot": a.material}
            for a in found.attachments
        ],
        "absent": sorted(found.absent),
        "claims": {
            domain: [[str(p.attachment.uid), p.first, p.last] for p in claim.pages]
            for domain, claim in found.claims.items()
        },
    }


def digest(made_of: Inputs) -> str:
    """How inputs are known."""
    return hashlib.sha256(canonical(made_of).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Code:
    """What was read off a page: an application's number, and of which version of the book, if it was said.

    `page` is the code of one page, which may be the same in several versions.
    """

    number: str
    version: int | None = None
    page: PageCode | None = None


def read_code(text: str) -> Code | None:
    """What a hand scanner typed in place of a person: the code of a page, or a number alone.

    Full-width signs are taken as what they stand for. None for anything else, such as another product's code.
    """
    said = unicodedata.normalize("NFKC", text).strip()
    if "|" not in said:
        told = PageCode.read(said)
        if told is not None:
            return Code(told.number, page=told)
        return Code(said) if NUMBER.fullmatch(said) else None
    mark, number, version, page = [*said.split("|"), "", "", ""][:4]
    if mark.upper() != MARK or not (version.isdecimal() and page.isdecimal() and len(version) < 6):
        return None
    return Code(number, int(version)) if NUMBER.fullmatch(number) else None


def inputs_of(application: Application) -> Inputs:
    """The inputs of the booklet as things stand now."""
    rulebook = rulebook_of(application.edition)
    return inputs(application, rulebook, rows(application, rulebook))


def current_booklet(application: Application) -> Booklet | None:
    """The booklet of what is filled in now, whatever its state; None when none was asked for yet."""
    wanted = digest(inputs_of(application))
    return Booklet.objects.filter(application=application, inputs=wanted).select_related("file").first()


@dataclass(frozen=True, slots=True)
class Printed:
    """A page that is printed to be stamped: where it lies in the book, its code, where seals belong on it.

    `needed` is False of the page that the office stamps and not the applicant.
    """

    place: int
    code: PageCode
    seals: tuple[tuple[float, float], ...] = ()
    needed: bool = True

    @property
    def number(self) -> int:
        """The number printed on it."""
        return self.code.page


def printed(booklet: Booklet) -> list[Printed]:
    """The pages in front of the contents; none as long as the booklet is not made."""
    number = booklet.plan.get("inputs", {}).get("number", "")
    seals: dict[int, list[tuple[str, float, float]]] = {}
    for key, page, x, y in booklet.plan.get("marks", []):
        if key.startswith("seal:"):
            seals.setdefault(page, []).append((key, x / 10, y / 10))
    found = []
    for place, section, digest, of, pages, stamped in booklet.plan.get("sheets", []):
        code = PageCode(number, section, digest, of, pages)
        here = seals.get(code.page, [])
        own = all(key != OPINION_SEAL for key, _x, _y in here)
        if stamped:
            found.append(Printed(place, code, tuple((x, y) for _key, x, y in here), own))
    return found


def opinion_sheet(booklet: Booklet) -> Printed | None:
    """The page on which the office gives its opinion; None where the book has none."""
    return next((sheet for sheet in printed(booklet) if not sheet.needed), None)


def versions_with(application: Application, page: PageCode) -> list[int]:
    """The versions of its book in which this very page is, oldest first."""
    wanted = [page.section, page.digest, page.of, page.pages]
    known = Booklet.objects.filter(application=application).order_by("version")
    return [
        version
        for version, sheets in known.values_list("version", "plan__sheets")
        if any(sheet[1:5] == wanted for sheet in sheets or [])
    ]


def printed_numbers(booklet: Booklet) -> list[tuple[int, int]]:
    """Place in the file of the book, from 1, and the number printed there."""
    starts = dict(booklet.plan.get("starts", []))
    found, number = [], 0
    for place in range(1, booklet.pages + 1):
        number = starts.get(place, number + 1)
        found.append((place, number))
    return found


def sealed_pages(booklet: Booklet) -> list[int]:
    """The pages on which the applicant's own seal belongs; none as long as the booklet is not made."""
    return [page.number for page in printed(booklet) if page.needed and page.seals]


def booklets_of(application: Application) -> list[Booklet]:
    """All its booklets, newest first."""
    known = Booklet.objects.filter(application=application).select_related("file")
    return list(known.order_by("-version"))


def scans_of(application: Application) -> list[StampedScan]:
    """Its live stamped scans, newest first."""
    live = StampedScan.objects.filter(booklet__application=application, removed_at=None)
    return list(live.select_related("booklet", "file", "bound").order_by("-id"))
