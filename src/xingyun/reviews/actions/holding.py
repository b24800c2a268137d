"""Locking: an application's row first, then places, then the record, which locks itself last."""

from collections.abc import Iterable

from xingyun.applications.models import Application
from xingyun.reviews.models import Report
from xingyun.reviews.queries.standing import with_relations


def hold(application: Application) -> Application:
    """The application as it is now, held until the end of the transaction."""
    return hold_all([application.pk])[0]


def hold_all(ids: Iterable[int]) -> list[Application]:
    """These applications as they are now, by id, held until the end of the transaction.

    Held first, read then: PostgreSQL drops a row from a join whose key somebody has just changed.
    """
    rows = Application.objects.filter(pk__in=list(ids)).order_by("pk")
    held = list(rows.select_for_update().values_list("pk", flat=True))
    return list(with_relations(Application.objects.filter(pk__in=held)).order_by("pk"))


def hold_report(report: Report) -> Report:
    """The report as it is now, held until the end of the transaction."""
    rows = Report.objects.select_related(
        "authority", "recipient", "supersedes", "round", "round__edition", "round__programme"
    )
    return rows.select_for_update(of=("self",)).get(pk=report.pk)
