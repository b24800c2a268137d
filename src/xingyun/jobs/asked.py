"""Work that somebody asked for in a page: done in that person's language, refused in words."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import translation

from xingyun.audit.errors import Refused
from xingyun.jobs.registry import JobError
from xingyun.jobs.run import Run


@contextmanager
def as_asked(run: Run) -> Iterator[None]:
    """Speak the `language` of the payload; what is refused ends the job with its message (JobError)."""
    try:
        with translation.override(run.payload.get("language") or translation.get_language()):
            yield
    except Refused as refused:
        raise JobError(refused.message) from refused
