"""The rule kind `outside_check`: what officers found in a list kept elsewhere."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from xingyun.rulebook import months
from xingyun.rulebook.engine.case import Case
from xingyun.rulebook.engine.conditions.look_back import has_window, window
from xingyun.rulebook.engine.conditions.repeats import first_day
from xingyun.rulebook.engine.conditions.said import fact, say
from xingyun.rulebook.engine.span import Span, day
from xingyun.rulebook.facts import LookUp
from xingyun.rulebook.findings import Finding, Kind
from xingyun.rulebook.schema.conditions import OutsideCheck
from xingyun.rulebook.text import EMPTY, Text

UNCHECKED = Text("{name}：由工作人员核对（{source}）。", "{name}: checked by the officers ({source}).")
AGAIN = Text(
    "{name}：公布前要重新核对（{source}），{first}以前的答复不算。",
    "{name}: to be checked again before the announcement ({source}); answers before {first} do not count.",
)
LISTED = Text("{name}：{source}查到记录。", "{name}: an entry was found in {source}.")
CLEAR = Text("{name}：{source}没有记录。", "{name}: no entry in {source}.")
COUNTED = Text(
    "{name}：{source}{span}有 {n} 条记录，不得多于 {most} 条。",
    "{name}: {n} entries in {source}{span}; {most} at most.",
)
UNDATED = Text(
    "{name}：{source}查到记录，没有登记日期，由评审人员判断算不算。",
    "{name}: an entry was found in {source} without a date; the reviewers judge whether it counts.",
)
IN_POOL = Text("{name}：已列入{source}。", "{name}: listed in {source}.")
NOT_IN_POOL = Text("{name}：没有列入{source}。", "{name}: not listed in {source}.")
CORRECT = Text(
    "与事实不符的，请先向{source}申请更正。", "If this is not so, please have {source} corrected first."
)
ENTER_POOL = Text("请先列入{source}。", "Please get listed in {source} first.")
FREE_ON = Text("{free}起这些记录不再计入。", "From {free} on these entries no longer count.")
ENTRY = Text("{source}的记录", "Entry in {source}")


class _Answer(NamedTuple):
    kind: Kind
    said: Text
    remedy: Text = EMPTY
    values: Mapping[str, object] = MappingProxyType({})


def judge(case: Case, rule: OutsideCheck) -> Finding:
    """What the officers found; where they have not looked yet, that they will."""
    source = case.book.looked_up_in(rule)
    entry = _entry(case, rule)
    found = _found(case, rule, entry)
    facts = [fact(ENTRY.fill(source=source), day(on)) for on in (entry.dates if entry else ())]
    words = found.said.fill(name=rule.name, source=source, **found.values)
    remedy = found.remedy.fill(source=source, **found.values)
    return say(case, rule, found.kind, words, ("offices",), remedy, facts)


def _entry(case: Case, rule: OutsideCheck) -> LookUp | None:
    """What was looked up; being known as a member of the list says as much."""
    entry = case.facts.outside.get(rule.key)
    if entry is None and rule.subject == "applicant" and rule.list in case.facts.members:
        return LookUp("listed")
    return entry


def _found(case: Case, rule: OutsideCheck, entry: LookUp | None) -> _Answer:
    if entry is None:
        return _Answer("hint", UNCHECKED)
    first = first_day(rule, case.facts.announced) if case.facts.announced else None
    if first is not None and (entry.on is None or entry.on < first):
        return _Answer("hint", AGAIN, EMPTY, {"first": day(first)})
    listed = entry.found == "listed"
    if rule.must_be == "listed":
        return _Answer("ok", IN_POOL) if listed else _Answer(rule.otherwise, NOT_IN_POOL, ENTER_POOL)
    if not listed:
        return _Answer("ok", CLEAR)
    if not has_window(rule) and rule.at_most == 0:
        return _Answer(rule.otherwise, LISTED, CORRECT)
    return _counted(case, rule, entry)


def _counted(case: Case, rule: OutsideCheck, entry: LookUp) -> _Answer:
    """Entries that count against what is put up with. Without dates nobody but a reviewer can say."""
    span = window(rule, case.facts.day)
    if not entry.dates or span is None:
        return _Answer("judge", UNDATED)
    dates = sorted(d for d in entry.dates if span.side(d) == "inside")
    values = {"span": _shown(span), "n": len(dates), "most": rule.at_most}
    if len(dates) <= rule.at_most:
        return _Answer("ok", COUNTED, EMPTY, values)
    if rule.look_back_months is None or rule.as_of != "submission":
        return _Answer(rule.otherwise, COUNTED, CORRECT, values)
    free = months.clear_of(dates[-rule.at_most - 1], rule.look_back_months)
    return _Answer(rule.otherwise, COUNTED, FREE_ON, {**values, "free": day(free)})


def _shown(span: Span) -> Text:
    both = Text(f"自{span.words.zh}", span.words.en)
    return both if span.first and span.last else span.words
