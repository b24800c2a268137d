"""Rules: one application, and those of a whole country's round once more."""

from dataclasses import replace

from bench.measure import Row, measure, once
from xingyun.applications import queries
from xingyun.applications.models import Application
from xingyun.rounds.queries import rulebook_of
from xingyun.rulebook import evaluate

EVERYONE = 30_000


def rows() -> list[Row]:
    """Evaluating one application, and those of a whole country's round once more."""
    application = Application.objects.filter(state="accepted").first()
    assert application is not None
    book, facts = rulebook_of(application.edition), queries.facts(application)
    levels = [level.key for level in book.levels]

    def everyone() -> None:
        for n in range(EVERYONE):
            evaluate(book, replace(facts, level=levels[n % len(levels)]))

    return [
        measure("evaluate one application (limit 1 ms)", lambda: evaluate(book, facts), times=300),
        once(f"evaluate {EVERYONE:,} again (limit 60 s)", everyone),
    ]
