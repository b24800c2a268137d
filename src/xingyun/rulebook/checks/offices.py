"""Whoever has something to do is there."""

from collections.abc import Iterator

from xingyun.rulebook.checks.fault import Fault, fault
from xingyun.rulebook.lines import Path
from xingyun.rulebook.schema.document import Document


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


def choices(doc: Document) -> Iterator[Fault]:
    """No field asks for more choices than it offers."""
    for n, field in enumerate(doc.form.fields):
        offered = len(getattr(doc, field.options_from) if field.options_from else field.options)
        if field.kind == "multi_choice" and (field.min or 0) > offered:
            yield fault(
                ("form", "fields", n, "min"), "只有 {n} 个选项", "only {n} choices are offered", n=offered
            )
