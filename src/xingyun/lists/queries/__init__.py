"""Reading what officials keep of their lists, and the rows that they export."""

from xingyun.lists.queries.choices import ALL, LONGEST, SEEN, SHORTEST, Choice, choice_of, chosen, facts_of
from xingyun.lists.queries.columns import USUAL, Known, known
from xingyun.lists.queries.kept import definition, definitions, export, exports, view, views
from xingyun.lists.queries.lines import count, rows

__all__ = [
    "ALL",
    "LONGEST",
    "SEEN",
    "SHORTEST",
    "USUAL",
    "Choice",
    "Known",
    "choice_of",
    "chosen",
    "count",
    "definition",
    "definitions",
    "export",
    "exports",
    "facts_of",
    "known",
    "rows",
    "view",
    "views",
]
