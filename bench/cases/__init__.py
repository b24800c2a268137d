"""What is measured, by subject; `all_rows` is the whole table."""

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


def all_rows(root: Path) -> list[Row]:
    """Every row of the table."""
    command.run(["seed", "--rulebook", str(root / "rulebooks" / "jinan-2020")])
    like = Application.objects.filter(state="draft").exclude(level="").latest("id")
    return [
        *engine.rows(),
        *writing.rows(),
        *deciding.rows(),
        *rosters.rows(),
        *booklets.rows(),
        *scans.rows(),
        *uploads.rows(like),
        *pages.rows(),
        *evidence.rows(),
        *findings.rows(),
        *frauds.rows(),
        *exports.rows(),
        *papers.rows(),
        *queues.rows(),
        *load.rows(load.drafts(like)),
        # Last: its 100,000 applications stay.
        *statistics.rows(),
    ]
