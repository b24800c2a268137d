"""The engine: a rulebook and facts go in, a verdict comes out. Pure and total."""

from xingyun.rulebook.book import Rulebook
from xingyun.rulebook.engine import answers, claims, conditions, ladder, materials, points
from xingyun.rulebook.engine.case import Case
from xingyun.rulebook.facts import Facts
from xingyun.rulebook.findings import Verdict


def evaluate(rulebook: Rulebook, facts: Facts) -> Verdict:
    """Everything that the rulebook has to say about an application as it stands."""
    case = Case(rulebook, facts)
    score = points.score(case)
    found = (
        *conditions.judge(case),
        *ladder.judge(case),
        *points.judge(case, score),
        *answers.judge(case),
        *materials.judge(case),
        *claims.judge(case),
    )
    level = case.level.key if case.level else None
    return Verdict(level=level, findings=found, score=score, reached=points.reached(case, score))
