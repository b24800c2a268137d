"""Taking in a file that waited for its virus scan."""

from xingyun.applications.actions import awaiting
from xingyun.applications.models import Awaited
from xingyun.clock import now
from xingyun.files import actions as files
from xingyun.jobs.run import Run


def receive(run: Run) -> None:
    """Have it scanned if nobody did yet, then take it in; while the scanner does not answer it waits on."""
    loaded = Awaited.objects.select_related("file", "application__edition")
    awaited = loaded.filter(pk=run.payload["awaited"]).first()
    if awaited is None:
        return
    files.scan(file=awaited.file)
    run.check()
    awaiting.receive(awaited=awaited, now=now())
