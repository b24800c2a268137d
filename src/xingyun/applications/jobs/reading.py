"""Reading a file that was attached: once for its content, however many applications it is in."""

from xingyun.applications.actions import checking
from xingyun.applications.queries.subject import with_files
from xingyun.clock import now
from xingyun.documents.evidence_reading import read_apart
from xingyun.documents.page_looks import looks_apart
from xingyun.evidence import actions as evidence
from xingyun.evidence.queries import is_read
from xingyun.files.models import File
from xingyun.files.pictures import draw_ahead
from xingyun.files.queries import path
from xingyun.jobs.run import Run


def read(run: Run) -> None:
    """Read it, unless these readers have done so before. Killed anywhere and run again, it is one reading."""
    file = File.objects.get(pk=run.payload["file"])
    if not is_read(file.pk):
        _read(file, run)
        draw_ahead(file, run.check)
    checking.have_all_checked(applications=with_files([file.pk]), now=now())


def read_again(run: Run) -> None:
    """The same of a file that older readers read; what hangs on it is checked when all files are read."""
    file = File.objects.get(pk=run.payload["file"])
    if not is_read(file.pk):
        _read(file, run)


def _read(file: File, run: Run) -> None:
    content = path(file)
    data = read_apart(content)
    run.check()
    looks = looks_apart(content)
    run.check()
    evidence.keep_reading(file=file, data=data, looks=looks, now=now())
