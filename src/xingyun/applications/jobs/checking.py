"""Checking the evidence of an application, after files or the ledger changed and when it is handed in."""

from xingyun.applications.actions import checking
from xingyun.applications.models import Application
from xingyun.clock import now
from xingyun.jobs.run import Run


def check(run: Run) -> None:
    """Run every check on the application named in the payload; what was found before is the same again."""
    loaded = Application.objects.select_related("edition", "dossier__enterprise", "dossier__round")
    application = loaded.get(pk=run.payload["application"])
    checking.check(application=application, run=run, now=now())
