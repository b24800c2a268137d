"""Conditions made of others, fast tracks, direct entry: who asks for whom."""

from collections import Counter
from collections.abc import Iterator

from xingyun.rulebook.checks.fault import Fault, fault
from xingyun.rulebook.lines import Path
from xingyun.rulebook.schema.conditions import AllOf, AnyOf, Condition
from xingyun.rulebook.schema.document import Document
from xingyun.rulebook.schema.points import ConditionPoints


def groups(doc: Document) -> Iterator[Fault]:
    """A condition made of others names some, each once, and none that is made of it."""
    for n, rule in enumerate(doc.conditions):
        if isinstance(rule, AnyOf | AllOf):
            yield from _listed(("conditions", n, "conditions"), rule.conditions)
            if isinstance(rule, AnyOf) and not 1 <= rule.at_least <= max(len(rule.conditions), 1):
                yield fault(
                    ("conditions", n, "at_least"),
                    "1 至 {k} 项",
                    "from 1 to {k} of them",
                    k=len(rule.conditions),
                )
            if rule.key in _inside(doc, rule):
                yield fault(
                    ("conditions", n, "conditions"), "“{k}”由它自己组成", "{k} is made of itself", k=rule.key
                )


def _inside(doc: Document, rule: AnyOf | AllOf) -> set[str]:
    """Every condition that this one is made of, at any depth."""
    known = {c.key: c for c in doc.conditions}
    found: set[str] = set()
    waiting = list(rule.conditions)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            inner = known.get(key)
            waiting += inner.conditions if isinstance(inner, AnyOf | AllOf) else ()
    return found


def _listed(path: Path, keys: tuple[str, ...]) -> Iterator[Fault]:
    if not keys:
        yield fault(path, "至少写一条", "at least one is needed")
    for key, times in Counter(keys).items():
        if times > 1:
            yield fault(path, "“{k}”写了两次", "{k} is named twice", k=key)


def parts(doc: Document) -> Iterator[Fault]:
    """A part is an ordinary condition whose levels are those of the whole, and it exists only as a part."""
    asked = {key for _path, key in named(doc)}
    for n, rule in enumerate(doc.conditions):
        if rule.key in asked:
            for key, zh, en in _part(rule):
                yield fault(("conditions", n, key), zh, en)


def named(doc: Document) -> Iterator[tuple[Path, str]]:
    """Where which condition is asked for by another rule."""
    for n, rule in enumerate(doc.conditions):
        if isinstance(rule, AnyOf | AllOf):
            yield from ((("conditions", n, "conditions"), key) for key in rule.conditions)
    for n, track in enumerate(doc.fast_tracks):
        yield from ((("fast_tracks", n, "any_of"), key) for key in track.any_of)
    for n, level in enumerate(doc.levels):
        yield from ((("levels", n, "direct_if"), key) for key in level.direct_if)
    for n, threshold in enumerate(doc.points.levels if doc.points else ()):
        yield from ((("points", "levels", n, "conditions"), key) for key in threshold.conditions)
    for n, item in enumerate(doc.points.items if doc.points else ()):
        if isinstance(item, ConditionPoints):
            yield ("points", "items", n, "condition"), item.condition


def _part(rule: Condition) -> Iterator[tuple[str, str, str]]:
    if rule.strength != "required":
        yield "strength", "供其他规则引用的条件不分轻重", "a part of another rule has no strength of its own"
    if rule.levels:
        yield "levels", "适用的等级写在引用它的规则里", "its levels are those of the rule that asks for it"
    if rule.when is not None:
        yield (
            "when",
            "适用的情形写在引用它的规则里",
            "its circumstances are those of the rule that asks for it",
        )


def tracks(doc: Document) -> Iterator[Fault]:
    """A fast track has a way in and something it replaces, never a veto."""
    vetoes = {c.key for c in doc.conditions if c.strength == "veto"}
    asked = {key for _path, key in named(doc)}
    for n, track in enumerate(doc.fast_tracks):
        yield from _listed(("fast_tracks", n, "any_of"), track.any_of)
        path: Path = ("fast_tracks", n, "instead_of")
        yield from _listed(path, track.instead_of)
        for key in track.instead_of:
            if key in vetoes:
                yield fault(path, "“{k}”是一票否决，不能代替", "{k} is a veto: nothing replaces it", k=key)
            if key in asked:
                yield fault(path, "“{k}”本来就不单独要求", "{k} is not asked by itself anyway", k=key)
        if "points" in track.instead_of and doc.points is None:
            yield fault(path, "没有评分可代替", "there are no points to replace")


def doors(doc: Document) -> Iterator[Fault]:
    """Direct entry skips a level that is required."""
    for n, level in enumerate(doc.levels):
        if level.direct_if:
            yield from _listed(("levels", n, "direct_if"), level.direct_if)
        if level.direct_if and level.requires is None:
            yield fault(("levels", n, "direct_if"), "与 requires 一起写", "direct_if goes with requires")
