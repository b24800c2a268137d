"""Titles and subsidies: terms of at least one, sums for levels that there are, one way of paying."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from xingyun.rulebook.checks.fault import Fault, fault
from xingyun.rulebook.lines import Path
from xingyun.rulebook.schema.aftercare import Subsidy
from xingyun.rulebook.schema.conditions import Spend
from xingyun.rulebook.schema.document import Document

TERMS = ("years", "months", "recheck_years", "extension_years")


def titles(doc: Document) -> Iterator[Fault]:
    """Every term lasts at least one, and what is extended has a term and re-checks."""
    rule = doc.titles
    for key in TERMS:
        term = getattr(rule, key)
        if term is not None and term < 1:
            yield fault(("titles", key), "期限至少为 1", "a term is at least 1")
    known = {lv.key for lv in doc.levels}
    for key, years in rule.years_by_level.items():
        if key not in known:
            yield fault(("titles", "years_by_level", key), "没有“{k}”这一级", "there is no level {k}", k=key)
        if years < 1:
            yield fault(("titles", "years_by_level", key), "期限至少为 1", "a term is at least 1")
    if rule.extension_years is not None and (rule.term_months is None or rule.recheck_years is None):
        path = ("titles", "extension_years")
        yield fault(path, "没有期限或复核，无从延长", "there is no term or no re-check to extend it")
    if rule.confirmation is not None and min(rule.confirmation.every_years, rule.confirmation.misses) < 1:
        yield fault(("titles", "confirmation"), "至少为 1", "at least 1")


def subsidies(doc: Document) -> Iterator[Fault]:
    """A subsidy is of sums or a share; sums are for known authorities and levels, and not below nothing."""
    for n, rule in enumerate(doc.subsidies):
        path: Path = ("subsidies", n)
        has_sums = bool(rule.yuan or rule.yuan_by_authority)
        if has_sums == rule.is_share:
            yield fault(path, "写金额或 share，只写一种", "either sums or a share")
        if not rule.is_share and (rule.cap_yuan is not None or rule.cap_by_level or rule.spend is not None):
            yield fault(path, "cap_yuan 与 spend 只用于 share", "cap_yuan and spend go with a share")
        if (rule.cap_yuan or 0) < 0:
            yield fault((*path, "cap_yuan"), "不能是负数", "it can't be negative")
        if rule.title_from and rule.title_to and rule.title_to < rule.title_from:
            yield fault((*path, "title_to"), "结束早于开始", "it ends before it starts")
        yield from _spend(doc, path, rule)
        yield from _sums(doc, path, rule)


def _spend(doc: Document, path: Path, rule: Subsidy) -> Iterator[Fault]:
    sums = [c.key for c in doc.conditions if isinstance(c, Spend)]
    if rule.is_share and (not sums or rule.spend not in (None, *sums)):
        yield fault((*path, "share"), "没有这个 spend 一类的条件", "there is no such condition of kind spend")


def _sums(doc: Document, path: Path, rule: Subsidy) -> Iterator[Fault]:
    levels, authorities = {lv.key for lv in doc.levels}, {a.key for a in doc.authorities}
    tables: list[tuple[Path, Mapping[str, int | Fraction]]] = [
        ((*path, "yuan"), rule.yuan),
        ((*path, "share_by_level"), rule.share_by_level),
        ((*path, "cap_by_level"), rule.cap_by_level),
    ]
    tables += [((*path, "yuan_by_authority", key), sums) for key, sums in rule.yuan_by_authority.items()]
    for key in rule.yuan_by_authority:
        if key not in authorities:
            where = (*path, "yuan_by_authority", key)
            yield fault(where, "没有“{k}”这个机关", "there is no authority {k}", k=key)
    for where, sums in tables:
        for key, yuan in sums.items():
            if key not in levels:
                yield fault((*where, key), "没有“{k}”这一级", "there is no level {k}", k=key)
            if yuan < 0:
                yield fault((*where, key), "不能是负数", "it can't be negative")
