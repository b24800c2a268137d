"""Points: thresholds, groups, what items lean on."""

from collections.abc import Iterator

from xingyun.rulebook.checks.fault import Fault, fault
from xingyun.rulebook.schema.document import Document


def thresholds(doc: Document) -> Iterator[Fault]:
    """Each level has at most one threshold; where the points decide, some level has one."""
    seen: set[str] = set()
    for n, threshold in enumerate(doc.points.levels if doc.points else ()):
        if threshold.level in seen:
            yield fault(("points", "levels", n, "level"), "已有分数线", "it has a threshold already")
        seen.add(threshold.level)
    if doc.points and doc.points.decides and not seen:
        yield fault(("points", "levels"), "由得分决定等级，要写分数线", "points that decide need thresholds")


def bonuses(doc: Document) -> Iterator[Fault]:
    """A bonus is capped, and no level asks for it."""
    if doc.points is None:
        return
    bonus = {g.key for g in doc.points.groups if g.bonus}
    for n, group in enumerate(doc.points.groups):
        if group.bonus and group.cap is None:
            yield fault(("points", "groups", n), "加分要有上限：cap", "a bonus needs its cap", k="cap")
    for n, threshold in enumerate(doc.points.levels):
        for m, minimum in enumerate(threshold.minimums):
            if minimum.group in bonus:
                path = ("points", "levels", n, "minimums", m, "group")
                yield fault(
                    path, "“{k}”是加分，不能要求", "no level can ask for the bonus {k}", k=minimum.group
                )
