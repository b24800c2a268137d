"""The rule kind `continuous_use`: how long contracts have run without a break."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from xingyun.rulebook import months
from xingyun.rulebook.engine.case import Case
from xingyun.rulebook.engine.conditions.said import fact, say
from xingyun.rulebook.engine.span import day
from xingyun.rulebook.facts import Contract
from xingyun.rulebook.findings import Finding
from xingyun.rulebook.schema.conditions import ContinuousUse
from xingyun.rulebook.text import EMPTY, Text

LONG_ENOUGH = Text(
    "{name}：自{start}起连续使用，到{at}已满 {n} 个月。",
    "{name}: in use without a break since {start}, {n} months are complete by {at}.",
)
TOO_SHORT = Text(
    "{name}：自{start}起连续使用，到{at}未满 {n} 个月。",
    "{name}: in use without a break since {start}, {n} months are not complete by {at}.",
)
NOT_RUNNING = Text("{name}：{at}没有在履行的合同。", "{name}: no contract runs on {at}.")
NO_START = Text(
    "{name}：还没有写明服务起始日期的合同。", "{name}: no contract says yet when its service begins."
)
UNKNOWN = Text("{name}：以提交之日为准。", "{name}: it depends on the day of submission.")
ENTER = Text("请录入合同的服务起止日期。", "Please enter from when to when the contracts run.")
WAIT = Text("{full}起满 {n} 个月。", "{n} months are complete from {full} on.")
EARLIER = Text(
    "请录入起始更早或前后衔接的合同。", "Please enter contracts that begin earlier or follow without a break."
)
RUNS = Text("连续使用", "In use without a break")
FOR_GOOD = Text("无终止日期", "no end")
PLACE = ("ledger", "contracts")


class Run(NamedTuple):
    """Contracts that follow each other: from when to when, both days included."""

    start: date
    end: date


def judge(case: Case, rule: ContinuousUse) -> Finding:
    """Whether one run of contracts is long enough on the day that is looked at."""
    at = case.facts.day if rule.at == "submission" else rule.at
    if at is None:
        return say(case, rule, "hint", UNKNOWN.fill(name=rule.name), PLACE)
    known = runs(case.facts.contracts, rule.gap_days)
    if not known:
        return say(case, rule, "missing", NO_START.fill(name=rule.name), PLACE, ENTER)
    begun = [r for r in known if r.start <= at and (not rule.in_force or at <= r.end)]
    facts = [_shown(r) for r in known]
    if not begun:
        words = NOT_RUNNING.fill(name=rule.name, at=day(at))
        return say(case, rule, rule.otherwise, words, PLACE, ENTER, facts)
    longest = max(begun, key=lambda r: min(r.end, at) - r.start)
    return _measured(case, rule, longest, at, facts)


def _measured(case: Case, rule: ContinuousUse, run: Run, at: date, facts: list[Text]) -> Finding:
    full = months.complete(run.start, rule.months, inclusive=rule.inclusive)
    names = {"name": rule.name, "start": day(run.start), "at": day(at), "n": rule.months}
    if full <= min(at, run.end):
        return say(case, rule, "ok", LONG_ENOUGH.fill(**names), PLACE, EMPTY, facts)
    in_time = rule.at == "submission" and full <= run.end
    remedy = WAIT.fill(full=day(full), n=rule.months) if in_time else EARLIER
    return say(case, rule, rule.otherwise, TOO_SHORT.fill(**names), PLACE, remedy, facts)


def runs(contracts: Iterable[Contract], gap_days: int) -> list[Run]:
    """The runs in order; a contract without an end runs on, one without a start is left out."""
    found: list[Run] = []
    for one in sorted(_dated(contracts)):
        last = found[-1] if found else None
        if last and (one.start - last.end) <= timedelta(days=gap_days + 1):
            found[-1] = Run(last.start, max(last.end, one.end))
        else:
            found.append(one)
    return found


def _dated(contracts: Iterable[Contract]) -> list[Run]:
    known = [Run(c.starts, c.ends or date.max) for c in contracts if c.starts is not None and c.counts]
    return [run for run in known if run.start <= run.end]


def _shown(run: Run) -> Text:
    end = FOR_GOOD if run.end == date.max else day(run.end)
    return fact(RUNS, Text(f"{day(run.start).zh}至{end.zh}", f"{day(run.start).en} to {end.en}"))
