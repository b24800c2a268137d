"""The page with the office's opinion: which one holds, and the book with everything stamped in it."""

from collections.abc import Iterable

from xingyun.applications.models import StampedScan, Submission
from xingyun.files.models import File
from xingyun.reviews.models import OpinionPage


def opinion_page(submission: Submission | None) -> OpinionPage | None:
    """The live opinion page of what was handed in (one query)."""
    if submission is None:
        return None
    live = OpinionPage.objects.filter(submission=submission, removed_at=None)
    return live.select_related("file", "bound", "scan", "added_by", "authority").first()


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
