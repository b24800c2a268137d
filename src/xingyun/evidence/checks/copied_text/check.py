"""Long answers against those of other applicants."""

from collections.abc import Iterator

from xingyun.evidence.checks.base import Check, Found, Subject
from xingyun.evidence.checks.copied_text.minhash import alike, bands
from xingyun.evidence.checks.copied_text.sentences import copied
from xingyun.evidence.models import TextBand, TextPrint
from xingyun.rulebook import Text

LEAST = 40  # a hundredth of the runs of signs that two texts share
MOST = 20  # others that are named for one text
ALIKE = Text(
    "“{field}”与另一家企业写的有 {n} 句相同或几乎相同。",
    "{field} has {n} sentences that are the same, or nearly, as another enterprise's.",
)


def look(subject: Subject) -> Iterator[Found]:
    """By shared bands, then by signature, then sentence by sentence (three queries, one more with any)."""
    if subject.others is None:
        return
    names = {field.key: field.name for field in subject.rulebook.form.fields}
    mine = [
        one for one in TextPrint.objects.filter(dossier=subject.dossier).order_by("field") if one.signature
    ]
    pairs = list(_pairs(subject, mine))
    handed_in = set(subject.others.handed_in({theirs.dossier_id for _m, theirs in pairs})) if pairs else set()
    for one, theirs in pairs:
        beside = copied(one.text, theirs.text) if theirs.dossier_id in handed_in else []
        if beside:
            yield Found(
                key=(one.field, theirs.dossier_id, theirs.field),
                words=ALIKE.fill(field=names.get(one.field, one.field), n=len(beside)),
                across=True, other=theirs.dossier_id,
                beside={"field": one.field, "sentences": [list(pair) for pair in beside]},
            )  # fmt: skip


def _pairs(subject: Subject, mine: list[TextPrint]) -> Iterator[tuple[TextPrint, TextPrint]]:
    keys = {one.pk: set(bands(one.signature)) for one in mine}
    wanted = set().union(*keys.values())
    shared = TextBand.objects.filter(key__in=wanted).exclude(of__dossier=subject.dossier) if wanted else ()
    ids = {band.of_id for band in shared}
    enterprise = subject.dossier.enterprise_id
    known = TextPrint.objects.filter(pk__in=ids).exclude(dossier__enterprise=enterprise) if ids else ()
    theirs = list(known)
    for one in mine:
        scored = sorted(((alike(one.signature, t.signature), t.pk, t) for t in theirs), reverse=True)
        yield from ((one, t) for n, _pk, t in scored[:MOST] if n >= LEAST)


CHECK = Check("copied-text", Text("雷同的文字", "Copied texts"), look)
