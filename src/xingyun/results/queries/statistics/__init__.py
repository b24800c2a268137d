"""Statistics of a round: counted by a job, kept as data, read by one query."""

from xingyun.results.queries.statistics.awarded import FEWEST, awarded
from xingyun.results.queries.statistics.counting import counted
from xingyun.results.queries.statistics.kept import Kept, kept, kept_for_all, to_count
from xingyun.results.queries.statistics.steps import ACCEPTED, REPORTED, funnel
from xingyun.results.queries.statistics.tally import Tally

__all__ = [
    "ACCEPTED",
    "FEWEST",
    "REPORTED",
    "Kept",
    "Tally",
    "awarded",
    "counted",
    "funnel",
    "kept",
    "kept_for_all",
    "to_count",
]
