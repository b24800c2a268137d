"""What a report hands over as one bundle (三、3): the papers, the minutes, and every book."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, Subquery

from xingyun.applications.models import Application, Submission
from xingyun.audit.errors import NotAllowed, allowed
from xingyun.documents.bundle import Entry, readable
from xingyun.files.models import File
from xingyun.files.queries import path
from xingyun.papers.actions.issuing import EXCEL, PDF, WORD
from xingyun.registry.actors import Actor
from xingyun.reviews.models import HandOver, Minutes, Report, ReportLine
from xingyun.reviews.permissions import may_hand_over
from xingyun.reviews.queries.opinions import whole_books
from xingyun.reviews.queries.reporting import NOT_HERE, WHICH, get_report, paper_of

# The papers of a report in the order of the bundle, as people call them.
LABELS = {"paper": "联合行文", "decision": "认定决定", "letter": "推荐函", "table": "项目汇总表"}


@dataclass(frozen=True, slots=True)
class Bundle:
    """The files of a report under their names, in order; `size` of all in bytes, the number of books."""

    entries: tuple[Entry, ...]
    size: int
    books: int


@dataclass(frozen=True, slots=True)
class HandOverPage:
    """A report, its newest bundle, and what one made now would hold."""

    report: Report
    last: HandOver | None
    bundle: Bundle


def hand_over_page(actor: Actor, uid: UUID) -> HandOverPage:
    """What whoever may have the bundle of a report is shown; NotAllowed for others."""
    report = get_report(actor, uid)
    may_hand_over(actor, report)
    return HandOverPage(report, last_hand_over(report), bundle(report))


def hand_over(actor: Actor, report: UUID, uid: UUID) -> HandOver:
    """A bundle of this report that this person may have; NotAllowed otherwise, as if it did not exist."""
    may_hand_over(actor, get_report(actor, report))
    related = ("report__authority", "report__round", "file", "asked_by")
    found = HandOver.objects.select_related(*related).filter(uid=uid, report__uid=report).first()
    if found is None:
        raise NotAllowed(NOT_HERE)
    return found


def hands_over(actor: Actor, report: Report) -> bool:
    """Whether this person may have the bundle of a report."""
    return allowed(may_hand_over, actor, report)


def last_hand_over(report: Report) -> HandOver | None:
    """The newest bundle of a report, made or under way."""
    return HandOver.objects.select_related("file", "asked_by").filter(report=report).order_by("-id").first()


def bundle(report: Report) -> Bundle:
    """All that belongs to a report, in the order in which a person looks for it (four queries)."""
    entries = [*_papers(report), *_minutes(report)]
    books = list(_books(report))
    entries += [entry for book in books for entry in book]
    return Bundle(tuple(entries), sum(entry.size for entry in entries), len(books))


def _papers(report: Report) -> Iterator[Entry]:
    made = {which: paper for which in LABELS if (paper := paper_of(report, WHICH[which]))}
    for n, (which, paper) in enumerate(made.items(), 1):
        for file in (paper.file, paper.word, paper.sheet):
            if file is not None:
                yield _entry(f"{n:02}-{LABELS[which]}", file)
    if report.scan is not None:
        yield _entry(f"{len(made) + 1:02}-联合行文（盖章扫描件）", report.scan)


def _minutes(report: Report) -> Iterator[Entry]:
    cited = ReportLine.objects.filter(report=report, decision__minutes__isnull=False)
    known = Minutes.objects.filter(pk__in=cited.values("decision__minutes")).select_related("file")
    for n, minutes in enumerate(known.order_by("held_on", "pk"), 1):
        yield _entry(f"会议纪要/{n:02}-{readable(minutes.number)}", minutes.file)


def _books(report: Report) -> Iterator[tuple[Entry, ...]]:
    """Of every application the book that was handed in last with all stamped pages in it, and its scan."""
    lines = ReportLine.objects.filter(report=report)
    newest = Submission.objects.filter(application=OuterRef("pk")).order_by("-version").values("pk")[:1]
    applications = (
        Application.objects.filter(pk__in=lines.values("application"))
        .annotate(last=Subquery(newest))
        .select_related("enterprise")
        .only("number", "enterprise__name")
        .order_by("pk")
    )
    known = {a.last: a for a in applications}
    rows = Submission.objects.filter(pk__in=known).select_related("booklet__file", "scan")
    handed_in = list(rows.defer("facts", "manifest").order_by("application"))
    books = whole_books(handed_in)
    for n, submission in enumerate(handed_in, 1):
        one = known[submission.pk]
        folder = f"申报书/{n:03}-{readable(one.enterprise.name)}-{readable(one.number)}"
        files = (("申报书", books[submission.pk]), ("申报书（盖章扫描件）", submission.scan))
        yield tuple(_entry(f"{folder}/{label}", file) for label, file in files if file is not None)


ENDINGS = {PDF: ".pdf", WORD: ".docx", EXCEL: ".xlsx", "image/jpeg": ".jpg", "image/png": ".png"}


def _entry(name: str, file: File) -> Entry:
    return Entry(f"{name}{ENDINGS.get(file.kind, '')}", path(file), file.sha256, file.size)
