"""Whoever has something to do is there."""

from collections.abc import Iterator

from xingyun.rulebook.checks.fault import Fault, fault
from xingyun.rulebook.lines import Path
from xingyun.rulebook.schema.document import Document
from xingyun.rulebook.text import Text

MAP_SIDE = 6
TILE = Text(
    "列和行两个数，各从 1 到 6，例如 tile = [3, 4]", "column and row, 1 to 6 each, such as tile = [3, 4]"
)


def deciders(doc: Document) -> Iterator[Fault]:
    """Every tier that decides or recommends has an authority."""
    there = {a.tier for a in doc.authorities}
    for path, tier in _acting(doc):
        if tier not in there and tier in {t.key for t in doc.tiers}:
            yield fault(path, "“{t}”没有任何机关", "{t} has no authority at all", t=tier)


def _acting(doc: Document) -> Iterator[tuple[Path, str]]:
    for n, level in enumerate(doc.levels):
        yield ("levels", n, "decided_by"), level.decided_by
        for m, tier in enumerate(level.recommended_by):
            yield ("levels", n, "recommended_by", m), tier


def reports(doc: Document) -> Iterator[Fault]:
    """Who countersigns a report has an office where it is written, who reads it one where it goes."""
    offices = {t.key: {f.key for f in t.functions} for t in doc.tiers}
    for n, report in enumerate(doc.reports):
        for key, tier, functions in (
            ("countersigned_by", report.from_, {report.countersigned_by} - {None}),
            ("read_by", report.to, set(report.read_by)),
        ):
            for absent in sorted(map(str, functions - offices.get(tier, functions))):
                yield fault(
                    ("reports", n, key), "“{t}”没有这个部门：{f}", "{t} has no office {f}", t=tier, f=absent
                )


def tiles(doc: Document) -> Iterator[Fault]:
    """A place on the map of tiles is a column and a row of it, and no two authorities share one."""
    taken: dict[tuple[int, ...], str] = {}
    for n, authority in enumerate(doc.authorities):
        path, tile = ("authorities", n, "tile"), authority.tile
        if not tile:
            continue
        if len(tile) != 2 or not all(1 <= at <= MAP_SIDE for at in tile):
            yield fault(path, "不是示意图上的一格", "not a tile of the map")._replace(expected=TILE)
        elif tile in taken:
            yield fault(path, "这一格已经是“{k}”的", "this tile is {k}'s already", k=taken[tile])
        taken.setdefault(tile, authority.key)


def choices(doc: Document) -> Iterator[Fault]:
    """No field asks for more choices than it offers."""
    for n, field in enumerate(doc.form.fields):
        offered = len(getattr(doc, field.options_from) if field.options_from else field.options)
        if field.kind == "multi_choice" and (field.min or 0) > offered:
            yield fault(
                ("form", "fields", n, "min"), "只有 {n} 个选项", "only {n} choices are offered", n=offered
            )
