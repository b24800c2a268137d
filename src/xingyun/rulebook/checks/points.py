"""Points: thresholds, groups, what items lean on."""

from collections.abc import Iterator

from xingyun.rulebook.checks.fault import Fault, fault
from xingyun.rulebook.schema.document import Document
from xingyun.rulebook.schema.points import NumberPoints


def thresholds(doc: Document) -> Iterator[Fault]:
    """Each level has at most one threshold; where the points decide, some level has one."""
    seen: set[str] = set()
    for n, threshold in enumerate(doc.points.levels if doc.points else ()):
        if threshold.level in seen:
            yield fault(("points", "levels", n, "level"), "已有分数线", "it has a threshold already")
        seen.add(threshold.level)
    if doc.points and doc.points.decides and not seen:
        yield fault(("points", "levels"), "由得分决定等级，要写分数线", "points that decide need thresholds")


def conditions(doc: Document) -> Iterator[Fault]:
    """A level hangs on conditions only where the points decide it; else they are asked by themselves."""
    for n, threshold in enumerate(doc.points.levels if doc.points and not doc.points.decides else ()):
        if threshold.conditions:
            path = ("points", "levels", n, "conditions")
            yield fault(path, "与 decides = true 一起写", "conditions go with decides = true")


def steps(doc: Document) -> Iterator[Fault]:
    """A number gives points by bands or by steps; a step has a size, and the rest of its words with it."""
    for n, item in enumerate(doc.points.items if doc.points else ()):
        if not isinstance(item, NumberPoints):
            continue
        path = ("points", "items", n)
        if bool(item.bands) == (item.per is not None):
            yield fault(path, "写 bands，或者 per 和 each", "either bands, or per with each")
        if (item.per is None) != (item.each is None) or (item.per is None and item.above is not None):
            yield fault(path, "per、each 一起写，above 随它们", "per and each go together, above with them")
        if item.per is not None and item.per <= 0:
            yield fault((*path, "per"), "要大于 0", "it must be above 0")


def floors(doc: Document) -> Iterator[Fault]:
    """A floor lies below the cap."""
    for n, group in enumerate(doc.points.groups if doc.points else ()):
        if group.floor is not None and group.cap is not None and group.floor > group.cap:
            yield fault(("points", "groups", n, "floor"), "高于 cap", "it lies above the cap")


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
