"""Conditions in plain words: what the engine does with each, beside the rulebook's own sentence."""

from collections.abc import Iterator
from datetime import date

from xingyun.rulebook.book import Rulebook, by_key
from xingyun.rulebook.engine.sums import day
from xingyun.rulebook.schema.conditions import Condition, OutsideCheck
from xingyun.rulebook.text import Text, join

_STRENGTHS = {
    "veto": Text("一票否决，快速通道和免除都不管用", "a veto: no fast track and no waiver helps"),
    "preferred": Text("优先条件，不符合也能申报", "a preference: failing it stops nobody"),
}
_SUBMISSION = Text("提交之日", "the day of submission")


def computed(book: Rulebook, rule: Condition) -> Iterator[Text]:
    """What is computed for the condition, part by part."""
    if rule.levels:
        named = join([book.level(key).name for key in rule.levels])
        yield Text("限申报{levels}的", "only for {levels}").fill(levels=named)
    if isinstance(rule, OutsideCheck):
        yield from _outside(book, rule)
    if rule.strength in _STRENGTHS:
        yield _STRENGTHS[rule.strength]
    if rule.waived_for:
        named = join([by_key(book.lists, key).name for key in rule.waived_for])
        yield Text("列入{lists}的免除", "waived for those on {lists}").fill(lists=named)


def as_of(moment: date | str) -> Text:
    """The day that something is looked at."""
    return day(moment) if isinstance(moment, date) else _SUBMISSION


def _outside(book: Rulebook, rule: OutsideCheck) -> Iterator[Text]:
    named = {"source": book.looked_up_in(rule), "tier": book.tier(rule.checked_by).name}
    if rule.must_be == "listed":
        yield Text("由{tier}核对：须列入{source}", "{tier} checks: listed in {source}").fill(**named)
        return
    yield Text("由{tier}查{source}", "{tier} looks into {source}").fill(**named)
    if rule.look_back_months is not None:
        yield Text("只看{day}前{n}个月", "only the {n} months before {day}").fill(
            n=rule.look_back_months, day=as_of(rule.as_of)
        )
    if rule.at_most:
        yield Text("容许{n}条", "{n} entries are put up with").fill(n=rule.at_most)
