"""What the recipient of a report gave back."""

from django.db.models import Exists, OuterRef

from xingyun.applications.models import Application
from xingyun.registry.actors import Actor
from xingyun.reviews.models import Decision, Report, ReportLine, ReturnedRow
from xingyun.reviews.permissions import may_return


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


def check_return(actor: Actor, application: Application) -> None:
    """Raises, with the reason, where this person can't return the application now (two queries)."""
    live = Decision.objects.filter(application=application, authority=application.holder_id, revoked_at=None)
    may_return(actor, application, reopened(application), decided=live.exists())
