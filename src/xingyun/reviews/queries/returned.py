"""What the recipient of a report gave back."""

from django.db.models import Exists, OuterRef

from xingyun.applications.models import Application
from xingyun.reviews.models import Report, ReportLine, ReturnedRow


def returned_rows(report: Report) -> list[ReturnedRow]:
    """The rows that were given back, in the order of the report (one query)."""
    found = ReturnedRow.objects.filter(report=report).select_related("application__enterprise")
    return list(found.defer("application__answers").order_by("application_id"))


def reopened(application: Application) -> ReturnedRow | None:
    """Why an application was given back, as long as it is on no further report (one query)."""
    again = ReportLine.objects.filter(
        application=OuterRef("application"),
        report__sent_at__isnull=False,
        report_id__gt=OuterRef("report_id"),
    )
    known = ReturnedRow.objects.filter(application=application).exclude(Exists(again))
    return known.select_related("report__recipient").order_by("-id").first()
