"""The conditions of applying: what they say of themselves must fit together."""

from collections.abc import Iterator

from xingyun.rulebook.checks.fault import Fault, fault
from xingyun.rulebook.schema.conditions import OutsideCheck
from xingyun.rulebook.schema.document import Document

MOST_MONTHS = 1200


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
    if rule.look_back_months is not None and not 1 <= rule.look_back_months <= MOST_MONTHS:
        yield "look_back_months", "1 至 1200 个月", "from 1 to 1200 months"
    if rule.look_back_months is None and rule.as_of != "submission":
        yield "as_of", "与 look_back_months 一起写", "as_of goes with look_back_months"
    if rule.at_most < 0:
        yield "at_most", "不能是负数", "it can't be negative"
    if rule.must_be == "listed" and (rule.look_back_months is not None or rule.at_most):
        yield "must_be", "要求列入的，不看期限和次数", "being listed has no look-back and no count"
