"""The engine: a rulebook and facts go in, a verdict comes out. Pure and total."""

from xingyun.rulebook.book import Rulebook
from xingyun.rulebook.engine import answers, claims, conditions, ladder, materials, points
from xingyun.rulebook.engine.conditions import fast_tracks
from xingyun.rulebook.engine.entry import enter
from xingyun.rulebook.facts import Facts
from xingyun.rulebook.findings import Verdict


def evaluate(rulebook: Rulebook, facts: Facts) -> Verdict:
    """Everything that the rulebook has to say about an application as it stands."""
    case = enter(rulebook, facts)
    tracks = fast_tracks.tracks(case)
    score = points.score(case)
    found = (
        *conditions.judge(case, tracks),
        *ladder.judge(case),
        *points.judge(case, score, tracks),
        *answers.judge(case),
        *materials.judge(case),
        *claims.judge(case),
    )
    level = case.level.key if case.level else None
    return Verdict(
        level=level,
        findings=found,
        score=score,
        reached=points.reached(case, score, tracks),
        direct=case.direct,
    )
