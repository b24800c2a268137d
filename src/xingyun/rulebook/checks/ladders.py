"""What levels take with them: those to be won before, and the deployment models they admit together."""

from collections.abc import Collection, Iterator

from xingyun.rulebook.schema.document import Document
from xingyun.rulebook.schema.levels import Level


def below(doc: Document, level: Level) -> tuple[Level, ...]:
    """The level and those that must be won before it, whatever is wrong with the ladder."""
    known = {lv.key: lv for lv in doc.levels}
    found = [level]
    while (needed := known.get(found[-1].requires or "")) and needed not in found:
        found.append(needed)
    return tuple(found)


def ways(doc: Document) -> Iterator[tuple[Level, ...]]:
    """What may be won together by who holds nothing yet, highest first, for each level.

    What is needed before counts in the same round, or is not asked where a level can be entered directly.
    """
    for level in doc.levels:
        whole = below(doc, level)
        for n, step in enumerate(whole, 1):
            if n == len(whole) or step.direct_if:
                yield whole[:n]
            if not step.same_round_counts:
                break


def models(doc: Document, chosen: Collection[str]) -> frozenset[str]:
    """The deployment models that the chosen ones amount to."""
    included = {i for d in doc.deployments if d.key in chosen for i in d.includes}
    return frozenset(chosen) | included


def admits(level: Level, amount_to: frozenset[str]) -> bool:
    """Whether a level admits what the chosen models amount to."""
    return not level.deployments or not amount_to.isdisjoint(level.deployments)
