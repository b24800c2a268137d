"""What is measured, by subject; `rows` is the table."""

import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from bench import load
from bench.cases import (
    booklets,
    bundles,
    deciding,
    engine,
    evidence,
    exports,
    findings,
    frauds,
    pages,
    papers,
    queues,
    rosters,
    scans,
    statistics,
    uploads,
    writing,
)
from bench.measure import Row
from xingyun.applications.models import Application
from xingyun.demo import command

Measured = Callable[[], list[Row]]
FAILED = "FAILED:"


def seed(root: Path) -> None:
    """The rehearsal on which everything is measured."""
    command.run(["seed", "--rulebook", str(root / "rulebooks" / "jinan-2020")])


def _like() -> Application:
    """A draft as people have it in hand."""
    return Application.objects.filter(state="draft").exclude(level="").latest("id")


# What is measured by subject, in an order in which one does not disturb the next.
SUBJECTS: dict[str, Measured] = {
    "engine": engine.rows,
    "writing": writing.rows,
    "deciding": deciding.rows,
    "rosters": rosters.rows,
    "booklets": booklets.rows,
    "bundles": bundles.rows,
    "scans": scans.rows,
    "uploads": lambda: uploads.rows(_like()),
    "pages": pages.rows,
    "evidence": evidence.rows,
    "findings": findings.rows,
    "frauds": frauds.rows,
    "exports": exports.rows,
    "papers": papers.rows,
    "queues": queues.rows,
    "load": lambda: load.rows(load.drafts(_like())),
    # Last: its 100,000 applications stay.
    "statistics": statistics.rows,
}


def rows(wanted: Mapping[str, Measured]) -> Iterator[Row]:
    """The rows of these subjects, told on the way; a subject that fails is a row that says so."""
    for name, measured in wanted.items():
        begun = time.perf_counter()
        try:
            yield from measured()
        except Exception as error:
            traceback.print_exc()
            yield Row(f"{FAILED} {name}", 0, 0, 0, f"{type(error).__name__}: {error}"[:200])
        print(f"{name}: {time.perf_counter() - begun:.0f} s", file=sys.stderr, flush=True)
