"""The conditions of applying: what they say of themselves must fit together."""

from collections.abc import Iterator

from xingyun.rulebook.checks.fault import Fault, fault
from xingyun.rulebook.engine.conditions.look_back import has_window
from xingyun.rulebook.schema.conditions import Domains, Excluded, OutsideCheck
from xingyun.rulebook.schema.document import Document

MOST_MONTHS = 1200
MOST_DAYS = 366


def strengths(doc: Document) -> Iterator[Fault]:
    """Nobody is spared a veto."""
    for n, rule in enumerate(doc.conditions):
        if rule.strength == "veto" and rule.waived_for:
            yield fault(
                ("conditions", n, "waived_for"), "一票否决的条件不能免除", "a veto can't be waived for anyone"
            )


def outside(doc: Document) -> Iterator[Fault]:
    """An outside check says where to look, and looks back only for what must not be there."""
    for n, rule in enumerate(doc.conditions):
        if isinstance(rule, OutsideCheck):
            for key, zh, en in _outside(rule):
                yield fault(("conditions", n, key), zh, en)


def _outside(rule: OutsideCheck) -> Iterator[tuple[str, str, str]]:
    if (rule.source is None) == (rule.list is None) or (rule.source is None) != (rule.source_en is None):
        yield "source", "写 source 和 source_en，或者写 list", "either source with source_en, or list"
    yield from _counted(rule)
    if rule.repeat_within_days is not None and not 0 <= rule.repeat_within_days <= MOST_DAYS:
        yield "repeat_within_days", "0 至 366 天", "from 0 to 366 days"
    if rule.must_be == "listed" and (has_window(rule) or rule.at_most):
        yield "must_be", "要求列入的，不看期限和次数", "being listed has no look-back and no count"


def excluded(doc: Document) -> Iterator[Fault]:
    """An exclusion by funding names no titles; what counts lies in one time."""
    for n, rule in enumerate(doc.conditions):
        if isinstance(rule, Excluded):
            for key, zh, en in (*_funding(rule), *_counted(rule)):
                yield fault(("conditions", n, key), zh, en)
            if (rule.source is None) != (rule.source_en is None):
                yield fault(("conditions", n, "source"), "source 与 source_en 一起写", "both or neither")


def _funding(rule: Excluded) -> Iterator[tuple[str, str, str]]:
    if rule.by == "funding" and (rule.programmes or rule.title_levels or not rule.while_valid):
        yield "by", "按资助的，不写称号", "an exclusion by funding names no titles"


def _counted(rule: OutsideCheck | Excluded) -> Iterator[tuple[str, str, str]]:
    """The time that counts and how many are put up with."""
    if rule.look_back_months is not None and not 1 <= rule.look_back_months <= MOST_MONTHS:
        yield "look_back_months", "1 至 1200 个月", "from 1 to 1200 months"
    if rule.look_back_months is None and rule.as_of != "submission":
        yield "as_of", "与 look_back_months 一起写", "as_of goes with look_back_months"
    if rule.look_back_months is not None and (rule.from_ or rule.to):
        yield "look_back_months", "与 from、to 只写一种", "either months or from and to"
    if rule.from_ and rule.to and rule.to < rule.from_:
        yield "to", "结束早于开始", "it ends before it starts"
    if rule.at_most < 0:
        yield "at_most", "不能是负数", "it can't be negative"


def domains(doc: Document) -> Iterator[Fault]:
    """A condition on the checklist asks for something, and counts branches where there are branches."""
    categories = {c.key for c in doc.checklist.categories} if doc.checklist else set()
    for n, rule in enumerate(doc.conditions):
        if isinstance(rule, Domains):
            for key, zh, en in _domains(rule, categories):
                yield fault(("conditions", n, key), zh, en)


def _domains(rule: Domains, categories: set[str]) -> Iterator[tuple[str, str, str]]:
    if rule.at_least < 0 or (rule.at_least == 0 and not rule.all_of):
        yield "at_least", "要写至少几个，或者 all_of", "at_least or all_of is needed"
    if rule.in_branches is None and rule.each != 1:
        yield "each", "与 in_branches 一起写", "each goes with in_branches"
    if rule.each < 1:
        yield "each", "至少 1", "at least 1"
    if rule.in_branches is not None and rule.at_least == 0:
        yield "in_branches", "与 at_least 一起写", "in_branches goes with at_least"
    if rule.in_branches == "category" and rule.within is not None:
        yield "within", "数大类的不写 within", "categories are counted in the whole checklist"
    if rule.in_branches == "subcategory" and rule.within not in (None, *categories):
        yield "within", "要是一个大类", "it must be a category"
