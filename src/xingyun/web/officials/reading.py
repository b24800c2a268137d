"""What lies in the middle of the desk: the pages of a material, of a domain's proof, of the book."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from xingyun.applications.models import Attachment
from xingyun.applications.queries import Workspace
from xingyun.applications.queries.booklets import printed_numbers
from xingyun.files.models import File
from xingyun.rulebook.findings import Finding, Place
from xingyun.web.serving import pages
from xingyun.web.wording import tell

FORM, SCORE, LEDGER, BOOK, SCAN = "form", "score", "ledger", "book", "scan"
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page to look at: the picture's address, whose page it is, the original, the file and its page."""

    src: str
    label: str
    original: str
    file: File
    page: int


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of the reading list. `dot`: y something is there, h claimed only, n nothing, x in question."""

    key: str
    label: str
    dot: str
    note: str
    place: Place


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one heading."""

    label: str
    items: tuple[Item, ...]


def groups(work: Workspace) -> list[Group]:
    """The whole reading list: what was handed in, then the materials, then the claimed domains."""
    found = [Group(_("申请"), tuple(_general(work))), Group(_("材料"), tuple(_materials(work)))]
    return found + [
        Group(tell(category.name), items)
        for category in work.rulebook.categories
        if (items := tuple(_domains(work, [d.key for d in category.domains])))
    ]


def _general(work: Workspace) -> Iterator[Item]:
    yield _item(work, FORM, _("申请表"), "y", "", ("form",))
    if work.score:
        dot = "y" if work.score.enough else "x"
        yield Item(SCORE, tell(work.score.rule.name), dot, str(work.score.total), ("points",))
    if work.rulebook.keeps_ledger:
        rows = work.ledger.size
        yield _item(work, LEDGER, _("合同与发票"), "y" if rows else "n", str(rows), ("ledger",))
    if work.submission:
        yield _item(work, BOOK, _("申报书"), "y", str(work.submission.booklet.pages), ("booklet",))
        yield _item(work, SCAN, _("盖章扫描件"), "y", str(work.submission.scan.pages or ""), ("scan",))


def _materials(work: Workspace) -> Iterator[Item]:
    for view in work.materials:
        if view.material.made_by_system:
            continue
        for slot in view.slots:
            count = sum(a.file.pages or 1 for a in slot.attachments)
            note = _("无") if slot.absent else str(count or "")
            place = ("material", slot.slot.key)
            dot = "y" if count else "n"
            yield _item(work, f"material:{slot.slot.key}", tell(slot.slot.name), dot, note, place)


def _domains(work: Workspace, keys: list[str]) -> Iterator[Item]:
    names = {domain.key: domain.name for domain in work.rulebook.domains}
    for key in keys:
        if (claim := work.claims.get(key)) is not None:
            count = sum(page.last - page.first + 1 for page in claim.pages)
            dot = "y" if claim.pages else "h"
            yield _item(work, f"domain:{key}", tell(names[key]), dot, str(count or ""), ("domain", key))


def _item(work: Workspace, key: str, label: str, dot: str, note: str, place: Place) -> Item:
    wrong = any(f.kind in {"missing", "wrong", "obstacle"} for f in work.verdict.at(*place))
    return Item(key, label, "x" if wrong else dot, note, place)


def sheets(work: Workspace, at: str) -> list[Sheet]:
    """The pages of an entry, in order; none for the form, the points and the ledger, which are no paper."""
    if at in {BOOK, SCAN} and work.submission:
        file = work.submission.booklet.file if at == BOOK else work.submission.scan
        return list(_of_submission(work, at, file))[:LONGEST]
    kind, _colon, key = at.partition(":")
    if kind == "material":
        slots = [slot for view in work.materials for slot in view.slots if slot.slot.key == key]
        return [s for slot in slots for a in slot.attachments for s in _of(work, a)][:LONGEST]
    if kind == "domain" and key in work.claims:
        proofs = work.claims[key].pages
        return [s for p in proofs for s in _of(work, p.attachment, p.first, p.last)][:LONGEST]
    return []


def _of(work: Workspace, attachment: Attachment, first: int = 1, last: int = LONGEST) -> Iterator[Sheet]:
    uid = work.application.uid
    original = reverse("desk_file", args=[uid, attachment.uid])
    for n in pages(attachment.file):
        if first <= n <= last:
            source = reverse("desk_file_page", args=[uid, attachment.uid, n])
            label = _("%(name)s 第 %(n)s 页") % {"name": attachment.name, "n": n}
            yield Sheet(source, label, original, attachment.file, n)


def _of_submission(work: Workspace, which: str, file: File | None) -> Iterator[Sheet]:
    uid = work.application.uid
    original = reverse("desk_paper", args=[uid, which])
    numbers = _numbers(work, which)
    if file is None:
        return
    for n in pages(file):
        source = reverse("desk_paper_page", args=[uid, which, n])
        yield Sheet(source, _("册内第 %(n)s 页") % {"n": numbers.get(n, n)}, original, file, n)


def _numbers(work: Workspace, which: str) -> dict[int, int]:
    """What is printed on each page of the book or of its stamped pages."""
    if work.submission is None:
        return {}
    if which == SCAN:
        return dict(enumerate(work.scan.numbers, start=1)) if work.scan else {}
    return dict(printed_numbers(work.submission.booklet))


def here(work: Workspace, place: Place) -> list[Finding]:
    """The findings at this entry, the grave ones first."""
    order = ("obstacle", "wrong", "missing", "judge", "hint", "ok")
    return sorted(work.verdict.at(*place), key=lambda finding: order.index(finding.kind))
