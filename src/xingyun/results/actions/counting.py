"""The round's statistics, counted anew: what pages show is as old as the last count."""

from datetime import datetime

from django.db import transaction

from xingyun.jobs import actions as jobs
from xingyun.results.models import Statistics
from xingyun.results.queries.statistics import awarded, counted
from xingyun.rounds.models import Round

KIND = "results.statistics"


def count_statistics(*, round: Round, now: datetime) -> None:
    """Count, then put the new figures in place of the old ones at once.

    The counting itself holds nothing: people go on working while it takes its seconds.
    """
    rows = [
        Statistics(round=round, authority_id=office, figures=tally.figures(), counted_at=now)
        for office, tally in counted(round).items()
    ]
    rows.append(Statistics(round=round, public=True, figures=awarded(round), counted_at=now))
    with transaction.atomic():
        Round.objects.select_for_update().get(pk=round.pk)
        Statistics.objects.filter(round=round).delete()
        Statistics.objects.bulk_create(rows)


def ask_for_statistics(*, round_id: int, now: datetime) -> None:
    """Have a round counted soon, part of the caller's transaction; asked twice, it is counted once."""
    jobs.enqueue(kind=KIND, key=str(round_id), payload={"round": round_id}, now=now, again=True)
