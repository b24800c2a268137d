"""Whether the system can work: for the operator's watch, and for load balancers."""

from collections.abc import Callable
from datetime import timedelta

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xingyun.audit.queries import last_checkpoint
from xingyun.clock import now
from xingyun.files.queries import scanner_ok, storage_ok
from xingyun.jobs.queries import worker_alive

LEEWAY = timedelta(seconds=5)  # by which the clocks of two machines may differ


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:  # noqa: ARG001  # the same for everybody
    """`{"ok": …, "database": …, "storage": …, "worker": …, "scanner": …, "clock": …}`; 503 where one of the
    first fails.

    Without the virus scanner everything else goes on and uploads wait: that is told, and fails nothing. It is
    `null` where none is set up. A clock that was set back fails nothing either, but windows go by it.
    """
    found = {"database": works(database_ok), "storage": works(storage_ok), "worker": works(worker_alive)}
    healthy = all(found.values())
    told = {"ok": healthy, **found, "scanner": scanner_ok(), "clock": works(clock_ok)}
    return JsonResponse(told, status=200 if healthy else 503)


def works(check: Callable[[], bool]) -> bool:
    """The answer of a check; one that can't be made has failed."""
    try:
        return check()
    except (DatabaseError, OSError):
        return False


def database_ok() -> bool:
    """Whether the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone())


def clock_ok() -> bool:
    """Whether the time is past the newest signature of the record; if not, the clock was set back."""
    last = last_checkpoint()
    return last is None or last.at <= now() + LEEWAY
