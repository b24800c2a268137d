"""What is measured, by subject; `rows` is the table."""

from collections.abc import Callable, Collection
from pathlib import Path

from bench import load
from bench.cases import (
    booklets,
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


def rows(root: Path, names: Collection[str] = ()) -> list[Row]:
    """The rows of these subjects; of all of them where none is named."""
    command.run(["seed", "--rulebook", str(root / "rulebooks" / "jinan-2020")])
    like = Application.objects.filter(state="draft").exclude(level="").latest("id")
    subjects: dict[str, Callable[[], list[Row]]] = {
        "engine": engine.rows,
        "writing": writing.rows,
        "deciding": deciding.rows,
        "rosters": rosters.rows,
        "booklets": booklets.rows,
        "scans": scans.rows,
        "uploads": lambda: uploads.rows(like),
        "pages": pages.rows,
        "evidence": evidence.rows,
        "findings": findings.rows,
        "frauds": frauds.rows,
        "exports": exports.rows,
        "papers": papers.rows,
        "queues": queues.rows,
        "load": lambda: load.rows(load.drafts(like)),
        # Last: its 100,000 applications stay.
        "statistics": statistics.rows,
    }
    if unknown := set(names) - set(subjects):
        raise SystemExit(f"no such subject: {', '.join(sorted(unknown))}; there are {', '.join(subjects)}")
    return [row for name, measured in subjects.items() if not names or name in names for row in measured()]
