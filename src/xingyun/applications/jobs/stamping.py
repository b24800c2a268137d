"""The stamped pages put into their places: one file of them in order, and the book with them in it."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.conf import settings

from xingyun.applications.actions import booklets
from xingyun.applications.jobs import layout
from xingyun.applications.models import Booklet, StampedPage
from xingyun.applications.queries.stamped import stamped_pages, unsealed, unstamped
from xingyun.applications.states import BookletState
from xingyun.clock import now
from xingyun.documents.booklet import Scan, assemble, plan, verify
from xingyun.documents.fonts import find_fonts
from xingyun.documents.stamped import bind
from xingyun.files import actions as files
from xingyun.files import kept
from xingyun.files.models import File
from xingyun.files.queries import path
from xingyun.files.storage import place
from xingyun.jobs.run import Run
from xingyun.rounds.queries import rulebook_of

Pages = dict[int, tuple[File, int]]


def stamp(run: Run) -> None:
    """Make both for the booklet named in the payload, unless pages are still missing."""
    booklet = Booklet.objects.select_related("application__edition").get(pk=run.payload["booklet"])
    held = stamped_pages(booklet)
    if booklet.state != BookletState.READY or not held or unstamped(booklet, held):
        return
    pages = placed(held)
    with kept.workplace() as folder:
        scan = files.store(
            source=bind([(path(file), index) for file, index in pages.values()], folder / "scan.pdf"),
            now=now(),
            kind="application/pdf",
            pages=len(pages),
        )
        run.check()
        bound = bind_book(booklet, pages, folder, now())
    last = max(held.values(), key=lambda page: page.pk)
    booklets.keep_stamped(
        booklet=booklet,
        file=scan,
        bound=bound,
        numbers=list(pages),
        unsealed=unsealed(held),
        by=last.reading.brought_by_id,
        run=run,
        now=now(),
    )


def placed(held: Mapping[int, StampedPage]) -> Pages:
    """Number → file and index (from 0), in the order of the book."""
    return {number: (page.file, page.index) for number, page in sorted(held.items())}


def bind_book(booklet: Booklet, pages: Pages, folder: Path, at: datetime) -> File:
    """The book as it was planned, these pages in the places of the printed ones; read back, and kept.

    Raises WrongPagesError if a number or a page of it is not what was planned.
    """
    rulebook = rulebook_of(booklet.application.edition)
    parts = layout.parts(rulebook, booklet.plan["inputs"], booklet.version, place)
    planned = plan(parts, fonts=find_fonts(settings.FONTS), work=folder, shelf=kept.shelf())
    scans = {number: Scan(path(file), index) for number, (file, index) in pages.items()}
    out = assemble(planned, folder / "bound.pdf", stamped=scans)
    verify(out, planned, stamped=frozenset(scans))
    return files.store(source=out, now=at, kind="application/pdf", pages=planned.total)
