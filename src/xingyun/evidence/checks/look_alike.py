"""Pages that look like another applicant's, whatever their size and compression."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Q

from xingyun.documents.page_looks import BANDS, distance, fine_distance, near_bands, of_one_frame
from xingyun.evidence.checks.base import Check, Found, Held, Subject
from xingyun.evidence.models import PageLook
from xingyun.files.pictures import picture
from xingyun.rulebook import Text

NEAR, FINE = 7, 13  # bits of 64 and of 256 in which two pages may differ and still be called alike
EMPTY, LEAST_EDGES = 5, 24  # a thousandth of ink; edges of 256: below there is nothing to compare
SURE = 8  # of 256: nearer ones are alike without a closer look
CLOSER = 20  # pairs of one application are looked at closer, a tenth of a second each; the rest are alike
AT_ONCE = 10  # pages that are asked for in one query
ALIKE = Text(
    "“{name}”第 {page} 页与另一家企业提交的一页看起来一样（256 处比较，{n} 处不同）。",
    "{name}, page {page}, looks like a page of another enterprise ({n} of 256 points differ).",
)


def look(subject: Subject) -> Iterator[Found]:
    """By bands of a hash, so that only near ones are looked at, then by the finer hash, then closer."""
    if subject.others is None:
        return
    own = {one.file.pk: one for one in subject.files}
    invoices, written = _forms(subject)
    mine = [
        (held, one)
        for held in own.values()
        for one in subject.looks.get(held.file.pk, ())
        if _told(one) and held.file.pk not in written and (held.file.pk, one.page) not in invoices
    ]
    pairs = list(_pairs(mine, set(own)))
    held_by = defaultdict(set)
    for holder in subject.others.holders({theirs.file_id for _h, _m, theirs in pairs}) if pairs else ():
        held_by[holder.file].add(holder.dossier)
    for held, one, theirs in _copies(pair for pair in pairs if held_by[pair[2].file_id]):
        for dossier in sorted(held_by[theirs.file_id]):
            n = fine_distance(one.fine, theirs.fine)
            yield Found(
                key=(held.file.sha256, one.page, theirs.file_id, theirs.page, dossier),
                words=ALIKE.fill(name=held.name, page=one.page, n=n), held=held, page=one.page,
                clause=held.clause, across=True, other=dossier,
                beside={"file": theirs.file_id, "page": theirs.page},
            )  # fmt: skip


def _forms(subject: Subject) -> tuple[set[tuple[int, int]], set[int]]:
    """Pages that are invoices, and files that are a contract or a report by their text.

    All of them look like others', being forms filled in; what they say is compared by other checks.
    """
    invoices: set[tuple[int, int]] = set()
    written: set[int] = set()
    for held, piece in subject.pieces:
        if piece.kind == "invoice":
            invoices.update((held.file.pk, page) for page in piece.pages)
        else:
            written.add(held.file.pk)
    return invoices, written


def near(looks: Sequence[PageLook], but: set[int]) -> list[PageLook]:
    """The looks of other files that may be like one of these: one query."""
    wanted = Q()
    for n in range(BANDS):
        bands = {near_one for one in looks for near_one in near_bands(getattr(one, f"band{n}"))}
        wanted |= Q(**{f"band{n}__in": bands})
    columns = ("page", "hash", "fine", "ink", "file__sha256", "file__kind", "file__pages")
    return [
        one
        for one in PageLook.objects.filter(wanted).select_related("file").only(*columns)
        if one.file_id not in but and any(distance(one.hash, mine.hash) <= NEAR for mine in looks)
    ]


def _pairs(mine: list[tuple[Held, PageLook]], own: set[int]) -> Iterator[tuple[Held, PageLook, PageLook]]:
    for start in range(0, len(mine), AT_ONCE):
        part = mine[start : start + AT_ONCE]
        candidates = near([one for _held, one in part], own)
        for held, one in part:
            for theirs in candidates:
                close = distance(one.hash, theirs.hash) <= NEAR
                if close and _told(theirs) and fine_distance(one.fine, theirs.fine) <= FINE:
                    yield held, one, theirs


def _copies(
    pairs: Iterable[tuple[Held, PageLook, PageLook]],
) -> Iterator[tuple[Held, PageLook, PageLook]]:
    """Those that a closer look does not tell apart; where there is no picture to be had there is none."""
    left = CLOSER
    for held, one, theirs in pairs:
        if left and fine_distance(one.fine, theirs.fine) > SURE:
            left -= 1
            mine, other = picture(held.file, one.page, "thumb"), picture(theirs.file, theirs.page, "thumb")
            if mine and other and of_one_frame(mine, other):
                continue
        yield held, one, theirs


def _told(one: PageLook) -> bool:
    """Whether there is enough on a page to tell it from others."""
    edges = int(one.fine, 16).bit_count()
    return one.ink >= EMPTY and LEAST_EDGES <= edges <= 256 - LEAST_EDGES


CHECK = Check("look-alike", Text("相似的页面", "Like pages"), look)
