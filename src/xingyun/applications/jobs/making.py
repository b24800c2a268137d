"""Making a booklet: planned, assembled, read back, kept. Killed anywhere and run again, it is one booklet."""

import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from xingyun.applications.actions import booklets
from xingyun.applications.jobs import layout
from xingyun.applications.models import Booklet
from xingyun.applications.states import BookletState
from xingyun.clock import now
from xingyun.documents.booklet import (
    BookletPlan,
    Parts,
    WrongPagesError,
    WrongPartsError,
    assemble,
    plan,
    verify,
)
from xingyun.documents.fonts import NoFontsError, find_fonts, missing_glyphs
from xingyun.documents.render import RenderError
from xingyun.files import actions as files
from xingyun.files import kept
from xingyun.files.storage import place
from xingyun.jobs.registry import JobError
from xingyun.jobs.run import Run
from xingyun.papers import actions as papers
from xingyun.rounds.queries import rulebook_of

TELL_EVERY = 0.5
FAULTS = (WrongPartsError, WrongPagesError, RenderError, NoFontsError)


class MissingGlyphsError(Exception):
    """No font has these characters; printed, they would be empty boxes."""


def make(run: Run) -> None:
    """Bring the booklet named in the payload to READY, or to FAILED with the reason."""
    booklet = Booklet.objects.select_related("application__edition").get(pk=run.payload["booklet"])
    if booklet.state == BookletState.READY:
        return
    with kept.workplace() as folder:
        try:
            out, planned = _book(booklet, folder, run)
        except (*FAULTS, MissingGlyphsError) as error:
            booklets.give_up(booklet=booklet, error=str(error), run=run)
            raise JobError(str(error)) from error
        file = files.store(source=out, now=now(), kind="application/pdf", pages=planned.total)
    written = papers.keep_word(parts=layout.written(planned.parts, planned.pages), now=now())
    booklets.complete(booklet=booklet, file=file, word=written, plan=described(planned), run=run, now=now())


def _book(booklet: Booklet, folder: Path, run: Run) -> tuple[Path, BookletPlan]:
    fonts = find_fonts(settings.FONTS)
    rulebook = rulebook_of(booklet.application.edition)
    parts = layout.parts(rulebook, booklet.plan["inputs"], booklet.version, place)
    _refuse_boxes(parts, fonts)
    run.check()
    tell = _telling(run)
    planned = plan(parts, fonts=fonts, work=folder, shelf=kept.shelf(), progress=tell)
    run.check()
    out = assemble(planned, folder / "book.pdf", progress=tell)
    verify(out, planned)
    return out, planned


def _refuse_boxes(parts: Parts, fonts: tuple[Path, ...]) -> None:
    if missing := missing_glyphs("".join(layout.texts(parts)), fonts):
        said = _("字体里没有“%s”，印出来会是空框。请改用别的字；企业名称里的字请管理员添加字体后再成册。")
        raise MissingGlyphsError(said % "、".join(missing))


def _telling(run: Run) -> Callable[[int, int], None]:
    """Tell how far it is, twice a second at most: every word costs a write."""
    told = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal told
        if done == total or time.monotonic() - told >= TELL_EVERY:
            told = time.monotonic()
            run.progress(done, total)

    return tell


def described(planned: BookletPlan) -> dict[str, object]:
    """What pages show of a finished plan: where everything lies, and which pages are to be sealed."""
    fronts = [leaf for leaf in planned.leaves if leaf.kind == "front"]
    return {
        "fronts": {key: list(span) for key, span in planned.fronts.items()},
        "materials": {key: list(span) for key, span in planned.materials.items()},
        "items": {key: list(span) for key, span in planned.items.items()},
        "pages": dict(planned.pages),
        "stamped": sum(leaf.owner in layout.STAMPED for leaf in fronts),
        # Place in the book, section, digest, page of how many, whether it is printed to be stamped.
        "sheets": [
            [
                *(leaf.place, leaf.section, leaf.digest, leaf.number - leaf.section + 1, leaf.pages),
                int(leaf.owner in layout.STAMPED),
            ]
            for leaf in fronts
        ],
        "starts": [[leaf.place, leaf.number] for leaf in planned.leaves if leaf.number == leaf.section],
        "marks": [[mark.key, mark.page, round(mark.x * 10), round(mark.y * 10)] for mark in planned.marks],
    }
