"""What nobody could ever reach."""

from collections.abc import Iterator

from xingyun.rulebook.checks.fault import Fault, fault
from xingyun.rulebook.checks.ladders import admits, models, ways
from xingyun.rulebook.checks.most import in_group, in_total
from xingyun.rulebook.engine import tree
from xingyun.rulebook.lines import Path
from xingyun.rulebook.schema.conditions import Domains
from xingyun.rulebook.schema.document import Document
from xingyun.rulebook.schema.levels import Level


def deployments(doc: Document) -> Iterator[Fault]:
    """Who uses a deployment model can reach some level in the first year, or the reviewer is to decide."""
    for n, deployment in enumerate(doc.deployments):
        possible = list(ways(doc))
        if possible and not any(all(_passes(doc, lv, deployment.key) for lv in way) for way in possible):
            yield fault(
                ("deployments", n),
                "只有“{k}”的申报企业，第一年一个等级也报不了",
                "who has {k} alone can reach no level in the first year",
                k=deployment.key,
            )


def _passes(doc: Document, level: Level, deployment: str) -> bool:
    return level.other_deployments == "judge" or admits(level, models(doc, {deployment}))


def domains(doc: Document) -> Iterator[Fault]:
    """No condition asks for more domains, or branches with so many, than there are."""
    every = {d.key for d in doc.checklist.domains} if doc.checklist else set()
    for n, condition in enumerate(doc.conditions):
        if not isinstance(condition, Domains) or doc.checklist is None:
            continue
        branches = tree.counted(doc.checklist, condition)
        there = tree.reached(condition, branches, every)
        if branches and condition.at_least > there:
            yield fault(
                ("conditions", n, "at_least"), "清单里只有 {n} 个", "there are only {n} in the list", n=there
            )


def points(doc: Document) -> Iterator[Fault]:
    """No level asks for more points than all items together can give, nor of a group."""
    for n, threshold in enumerate(doc.points.levels if doc.points else ()):
        path: Path = ("points", "levels", n)
        yield from _asked((*path, "at_least"), threshold.at_least, threshold.strict, in_total(doc))
        for m, minimum in enumerate(threshold.minimums):
            yield from _asked(
                (*path, "minimums", m, "at_least"),
                minimum.at_least,
                minimum.strict,
                in_group(doc, minimum.group),
            )


def _asked(path: Path, at_least: int, strict: bool, most: int) -> Iterator[Fault]:
    if at_least + strict > most:
        yield fault(
            path, "最多只能得 {n} 分，永远达不到", "at most {n} points can be had: out of reach", n=most
        )
