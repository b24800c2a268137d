"""The engine: a rulebook and facts go in, a verdict comes out. Pure and total."""

from xingyun.rulebook.book import Rulebook
from xingyun.rulebook.engine import answers, claims, conditions, ladder, materials, points
from xingyun.rulebook.engine.case import Case
from xingyun.rulebook.facts import Facts
from xingyun.rulebook.findings import Verdict

RULES = (
    conditions.judge,
    ladder.judge,
    points.judge,
    answers.judge,
    materials.judge,
    claims.judge,
)


def evaluate(rulebook: Rulebook, facts: Facts) -> Verdict:
    """Everything that the rulebook has to say about an application as it stands."""
    case = Case(rulebook, facts)
    found = tuple(finding for rule in RULES for finding in rule(case))
    reached = points.score(case)
    level = case.level.key if case.level else None
    return Verdict(level=level, findings=found, points=reached.total if reached else None)
