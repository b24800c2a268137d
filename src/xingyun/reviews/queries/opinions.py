"""The page with the office's opinion: which one holds, and the book with everything stamped in it."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from xingyun.applications.models import Application, StampedScan, Submission
from xingyun.applications.queries.booklets import opinion_sheet
from xingyun.files.models import File
from xingyun.reviews.models import OpinionPage, Report, ReportLine
from xingyun.reviews.states import Outcome


def opinion_page(submission: Submission | None) -> OpinionPage | None:
    """The live opinion page of what was handed in (one query)."""
    if submission is None:
        return None
    live = OpinionPage.objects.filter(submission=submission, removed_at=None)
    return live.select_related("file", "bound", "scan", "added_by", "authority").first()


def without_opinion(report: Report) -> tuple[Application, ...]:
    """Applications on a report, granted or passed on, whose book still has the office's opinion page empty.

    One query.
    """
    granted = Q(decision=None) | Q(decision__outcome=Outcome.GRANTED)
    on = ReportLine.objects.filter(granted, report=report).values("application")
    later = Submission.objects.filter(application=OuterRef("application"), version__gt=OuterRef("version"))
    given = OpinionPage.objects.filter(submission=OuterRef("pk"), removed_at=None)
    empty = Submission.objects.filter(~Exists(later), ~Exists(given), application__in=on)
    found = empty.select_related("booklet", "application__enterprise").order_by("application__number")
    return tuple(one.application for one in found if opinion_sheet(one.booklet))


def whole_book(submission: Submission) -> File | None:
    """The book as it stands: with the opinion page, else with the applicant's stamped pages, else plain."""
    opinion = opinion_page(submission)
    if opinion is not None and opinion.bound is not None:
        return opinion.bound
    scan = stamped_scan(submission)
    return scan.bound if scan and scan.bound else submission.booklet.file


def stamped_scan(submission: Submission) -> StampedScan | None:
    """The stamped pages that were handed in."""
    known = StampedScan.objects.filter(booklet=submission.booklet_id, file=submission.scan_id)
    return known.select_related("file", "bound").order_by("-id").first()


def whole_books(submissions: Iterable[Submission]) -> dict[int, File | None]:
    """By submission (id) the book as it stands, for many at once (two queries)."""
    known = list(submissions)
    stamped = StampedScan.objects.filter(booklet__in=[one.booklet_id for one in known], removed_at=None)
    scans = {(one.booklet_id, one.file_id): one.bound for one in stamped.select_related("bound")}
    live = OpinionPage.objects.filter(submission__in=known, removed_at=None).exclude(bound=None)
    opinions = {one.submission_id: one.bound for one in live.select_related("bound")}
    return {
        one.pk: opinions.get(one.pk) or scans.get((one.booklet_id, one.scan_id)) or one.booklet.file
        for one in known
    }
