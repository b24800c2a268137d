"""The pages of an entry of the reading list: of a material, of a domain's proof, of the book, of its scan."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from xingyun.applications.models import Attachment, Submission
from xingyun.applications.queries import Workspace
from xingyun.applications.queries.booklets import printed_numbers
from xingyun.files.models import File
from xingyun.web.serving import pages

BOOK, SCAN = "book", "scan"
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page (from 1) of a file; `source` is the attachment's uid, else which paper it is."""

    source: str
    file: File
    name: str
    page: int

    @property
    def key(self) -> tuple[int, int]:
        """File and page: the same wherever the page stands in the list."""
        return self.file.pk, self.page


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page to look at: the picture's address, whose page it is, the address of the original."""

    leaf: Leaf
    src: str
    label: str
    original: str

    @property
    def file(self) -> File:
        """The file that the page is of."""
        return self.leaf.file

    @property
    def page(self) -> int:
        """The page's number in its file, from 1."""
        return self.leaf.page


def kept_under(submission: Submission, which: str) -> File | None:
    """The file under which notes and pages looked at are kept: of the book the plain one.

    What is shown of the book may have stamped pages or an opinion in it, which take the plain pages' places
    one to one, at any time; what was noted or seen before stays.
    """
    return submission.booklet.file if which == BOOK else submission.scan


def leaves(work: Workspace, at: str) -> list[Leaf]:
    """The pages of an entry, in order; none for the form, the points and the ledger, which are no paper."""
    return list(_leaves(work, at))[:LONGEST]


def sheets(work: Workspace, at: str) -> list[Sheet]:
    """The same, with the addresses of their pictures."""
    if at in {BOOK, SCAN}:
        numbers = _numbers(work, at)
        return [
            _sheet(work, leaf, "desk_paper", _("册内第 %(n)s 页") % {"n": numbers.get(leaf.page, leaf.page)})
            for leaf in leaves(work, at)
        ]
    return [
        _sheet(work, leaf, "desk_file", _("%(name)s 第 %(n)s 页") % {"name": leaf.name, "n": leaf.page})
        for leaf in leaves(work, at)
    ]


def _leaves(work: Workspace, at: str) -> Iterator[Leaf]:
    kind, _colon, key = at.partition(":")
    if at in {BOOK, SCAN} and work.submission:
        file = kept_under(work.submission, at)
        if file is not None:
            name = _("申报书") if at == BOOK else _("盖章扫描件")
            yield from (Leaf(at, file, name, n) for n in pages(file))
    elif kind == "material":
        slots = [slot for view in work.materials for slot in view.slots if slot.slot.key == key]
        for attachment in (a for slot in slots for a in slot.attachments):
            yield from _of(attachment)
    elif kind == "domain" and key in work.claims:
        for proof in work.claims[key].pages:
            yield from _of(proof.attachment, proof.first, proof.last)


def _of(attachment: Attachment, first: int = 1, last: int = LONGEST) -> Iterator[Leaf]:
    for n in pages(attachment.file):
        if first <= n <= last:
            yield Leaf(str(attachment.uid), attachment.file, attachment.name, n)


def _sheet(work: Workspace, leaf: Leaf, door: str, label: str) -> Sheet:
    uid = work.application.uid
    source = reverse(f"{door}_page", args=[uid, leaf.source, leaf.page])
    return Sheet(leaf, source, label, reverse(door, args=[uid, leaf.source]))


def _numbers(work: Workspace, which: str) -> dict[int, int]:
    """What is printed on each page of the book or of its stamped pages."""
    if work.submission is None:
        return {}
    if which == SCAN:
        return dict(enumerate(work.scan.numbers, start=1)) if work.scan else {}
    return dict(printed_numbers(work.submission.booklet))
