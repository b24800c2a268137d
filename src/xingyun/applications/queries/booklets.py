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
from xingyun.rounds.queries import rulebook_of
from xingyun.rulebook import Rulebook

SET_FROM = ("cover", "instructions", "form", "checklist", "contents", "separator", "overlay", "lib/base")

MARK = "XY1"
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


def payload(number: str, version: int, page: int | str) -> str:
    """What the code on a page says: application, version of the book, page."""
    return f"{MARK}|{number}|{version}|{page}"


@dataclass(frozen=True, slots=True)
class Code:
    """What was read off a page: an application's number, and of which version of the book, if it was said."""

    number: str
    version: int | None = None


def read_code(text: str) -> Code | None:
    """What a hand scanner typed in place of a person: the code of a page, or a number alone.

    Full-width signs are taken as what they stand for. None for anything else, such as another product's code.
    """
    said = unicodedata.normalize("NFKC", text).strip()
    if "|" not in said:
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


def sealed_pages(booklet: Booklet) -> list[int]:
    """The pages on which the applicant's own seal belongs; none as long as the booklet is not made."""
    stamped = booklet.plan.get("stamped", 0)
    marks = [(key, page) for key, page, _x, _y in booklet.plan.get("marks", [])]
    seals = {page for key, page in marks if key.startswith("seal:") and key != OPINION_SEAL}
    return sorted(page for page in seals if page <= stamped)


def booklets_of(application: Application) -> list[Booklet]:
    """All its booklets, newest first."""
    known = Booklet.objects.filter(application=application).select_related("file")
    return list(known.order_by("-version"))


def scans_of(application: Application) -> list[StampedScan]:
    """Its live stamped scans, newest first."""
    live = StampedScan.objects.filter(booklet__application=application, removed_at=None)
    return list(live.select_related("booklet", "file").order_by("-id"))
