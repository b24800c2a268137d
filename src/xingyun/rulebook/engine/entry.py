"""How an evaluation begins: which levels this applicant enters directly must be known before the ladder."""

from collections.abc import Iterator

from xingyun.rulebook.book import Rulebook
from xingyun.rulebook.engine.case import Case
from xingyun.rulebook.engine.conditions.kinds import look
from xingyun.rulebook.engine.conditions.parts import Part
from xingyun.rulebook.facts import Facts
from xingyun.rulebook.schema.levels import Level


def enter(book: Rulebook, facts: Facts) -> Case:
    """The case, its ladder shortened where a condition of direct entry is met."""
    case = Case(book, facts)
    direct = frozenset(lv.key for lv in book.levels if any(p.standing == "met" for p in doors(case, lv)))
    return Case(book, facts, direct) if direct else case


def doors(case: Case, level: Level) -> Iterator[Part]:
    """The conditions of direct entry to a level as they stand."""
    return (look(case, key) for key in level.direct_if)
