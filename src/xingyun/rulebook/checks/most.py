"""How many points the best applicant can have."""

from collections import Counter
from typing import assert_never

from xingyun.rulebook.schema.document import Document
from xingyun.rulebook.schema.points import AnswerPoints, ConditionPoints, DomainPoints, Item, NumberPoints

# More points than any rulebook asks for.
MANY = 1_000_000


def in_total(doc: Document) -> int:
    """Of the whole: the groups up to its cap, and the bonuses beyond it."""
    if doc.points is None:
        return 0
    ordinary = sum(in_group(doc, g.key) for g in doc.points.groups if not g.bonus)
    bonus = sum(in_group(doc, g.key) for g in doc.points.groups if g.bonus)
    return capped(ordinary, doc.points.cap) + bonus


def in_group(doc: Document, key: str) -> int:
    """Of one group, up to its cap."""
    if doc.points is None:
        return 0
    cap = next((g.cap for g in doc.points.groups if g.key == key), None)
    return capped(sum(of_item(doc, item) for item in doc.points.items if item.group == key), cap)


def of_item(doc: Document, item: Item) -> int:
    """Of one item, up to its cap, in the best circumstances."""
    return max(capped(_best(doc, item), item.cap), 0)


def capped(points: int, cap: int | None) -> int:
    """No more than the cap, where there is one."""
    return points if cap is None else min(points, cap)


def _best(doc: Document, item: Item) -> int:
    match item:
        case DomainPoints():
            return item.each * _domains(doc, item.within)
        case NumberPoints():
            return _number(doc, item)
        case AnswerPoints():
            return _answers(doc, item)
        case ConditionPoints():
            return item.points
        case _:
            assert_never(item)


def _number(doc: Document, item: NumberPoints) -> int:
    """The best band; of steps whatever the cap of the item or of its group allows, or as good as no end."""
    if item.per is None:
        return max((band.points for band in item.bands), default=0)
    groups = doc.points.groups if doc.points else ()
    caps = (item.cap, next((g.cap for g in groups if g.key == item.group), None))
    return min((c for c in caps if c is not None), default=MANY) if (item.each or 0) > 0 else 0


def _domains(doc: Document, within: str | None) -> int:
    if doc.checklist is None:
        return 0
    return len(doc.checklist.branch(within) if within else doc.checklist.domains)


def _answers(doc: Document, item: AnswerPoints) -> int:
    """The best choice; of a field that takes several, those that give most."""
    field = next((f for f in doc.form.fields if f.key == item.field), None)
    if item.combine == "best":
        return max((s.points for s in item.scores), default=0)
    of_answer = Counter[str]()
    for score in item.scores:
        of_answer[score.is_] += score.points
    best = sorted((n for n in of_answer.values() if n > 0), reverse=True)
    return sum(best[: field.max if field and field.kind == "multi_choice" else 1])
