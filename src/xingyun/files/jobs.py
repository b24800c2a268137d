"""Work on files that nobody waits for."""

from xingyun.clock import machine_now
from xingyun.files import actions, kept, pictures
from xingyun.files.actions.scanning import KIND
from xingyun.files.models import File
from xingyun.jobs import Run, job, periodic


@job(KIND, lease=300)
def scan(run: Run) -> None:
    """Have the file named in the payload scanned; while nobody answers it keeps waiting."""
    file = File.objects.filter(pk=run.payload["file"]).first()
    if file is not None:
        actions.scan(file=file)


@periodic("files.scan_again", every=20)
def scan_again(_run: Run) -> None:
    """Once the scanner is back, go on with what waits for it."""
    actions.ask_again()


@periodic("files.purge", every=3600)
def purge(_run: Run) -> None:
    """Throw away uploads that expired, pieces of booklets and pictures that nobody used for long."""
    actions.purge(now=machine_now())
    kept.purge(now=machine_now())
    pictures.purge(now=machine_now())
