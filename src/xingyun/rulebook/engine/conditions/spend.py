"""The rule kind `spend`: a sum of invoices, payments or contracts in a window of dates."""

from collections.abc import Iterator
from datetime import date

from xingyun.rulebook.engine.case import Case
from xingyun.rulebook.engine.conditions.said import fact, say
from xingyun.rulebook.engine.span import day
from xingyun.rulebook.engine.sums import Sum, events, money, span, total
from xingyun.rulebook.findings import Finding, Kind
from xingyun.rulebook.schema.conditions import Minimum, Spend
from xingyun.rulebook.text import EMPTY, Text

EVENTS = {
    "invoice": Text("发票", "invoices"),
    "payment": Text("付款", "payments"),
    "contract": Text("合同", "contracts"),
}
TAXES = {"included": Text("含税", "with tax"), "excluded": Text("不含税", "without tax")}

NOTHING = Text("还没有录入{what}。", "No {what} entered yet.")
ENTER = Text("请录入{span}的{what}。", "Please enter {what} dated{span}.")
NOTHING_INSIDE = Text(
    "录入的 {n} 笔{what}都{side}，不计入。",
    "All {n} {what} entered are dated {side} and do not count.",
)
COUNTED = Text(
    "{span}计入 {n} 笔{what}，合计 {sum}（{tax}）。",
    "{n} {what} count{span}, {sum} in all ({tax}).",
)
BEFORE = Text(
    "{n} 笔{what}{early}，不计入，也不影响申报。",
    "{n} {what} are dated {early}: they do not count and do no harm.",
)
LATE = Text(
    "{n} 笔{what}{late}，不计入，也不影响申报。",
    "{n} {what} are dated {late}: they do not count and do no harm.",
)
FUTURE = Text(
    "{n} 笔{what}的日期在提交之后，请核对日期。",
    "{n} {what} are dated after the submission; please check the dates.",
)
BARE = Text(
    "{n} 笔{what}写了特殊情况，还没有附证明。",
    "{n} {what} are explained as special cases without proof.",
)
PROVE = Text(
    "请在台账里给每一笔选定证明它的页。", "Please choose the pages that prove each of them in the ledger."
)
UNRULED = Text(
    "{n} 笔{what}有特殊情况，计入多少由受理单位认定。",
    "{n} {what} are special cases: the office rules how much of them counts.",
)
EARLY = {True: Text("早于{first}", "before {first}"), False: Text("不晚于{first}", "not after {first}")}
LATER = {True: Text("晚于{last}", "after {last}"), False: Text("不早于{last}", "not before {last}")}
AROUND = Text("早于{first}或晚于{last}", "before {first} or after {last}")
TOO_LITTLE = Text(
    "合计 {sum}，“{level}”要求{edge} {least}。", "{sum} in all; “{level}” asks for {edge} {least}."
)
GAP = {
    True: Text("合计要多于 {least}。", "The sum must exceed {least}."),
    False: Text("还差 {gap}。", "{gap} is wanting."),
}
TOTAL = Text("{span}{what}合计（{tax}）", "{what}{span} in all ({tax})")
EDGES = {True: Text("多于", "more than"), False: Text("不少于", "at least")}
WHERE = {
    "invoice": ("ledger", "invoices"),
    "payment": ("ledger", "payments"),
    "contract": ("ledger", "contracts"),
}


def judge(case: Case, rule: Spend) -> Iterator[Finding]:
    """Whether anything counts, whether it is enough, what lies outside the window."""
    found = total(rule, case.facts)
    short = [m for m in rule.minimums if _is_short(case, m, found)]
    if not found.counted or found.fen <= 0:
        yield _nothing(case, rule, found)
    elif short:
        yield _too_little(case, rule, found, max(short, key=lambda m: m.yuan))
    else:
        yield _found(case, rule, "ok", COUNTED, found, len(found.counted))
    if found.before and found.counted:
        yield _found(case, rule, "hint", BEFORE, found, len(found.before))
    late = _late(case, found)
    if late and found.counted:
        yield _found(case, rule, "hint", LATE, found, late)
    if len(found.after) > late:
        yield _found(case, rule, "wrong", FUTURE, found, len(found.after) - late)
    yield from _odd(case, rule)


def _odd(case: Case, rule: Spend) -> Iterator[Finding]:
    """What is explained has to be proved, and is left to the officers."""
    told = [event.oddity for event in events(rule, case.facts)]
    if bare := told.count("bare"):
        words = BARE.fill(n=bare, what=EVENTS[rule.event])
        yield say(case, rule, "wrong", words, WHERE[rule.event], PROVE)
    if unruled := bare + told.count("proved"):
        words = UNRULED.fill(n=unruled, what=EVENTS[rule.event])
        yield case.finding(f"condition.{rule.key}", "judge", words, rule.clause, WHERE[rule.event])


def _late(case: Case, found: Sum) -> int:
    """How many lie after the window and yet not after the submission: true, only too late."""
    return sum(case.facts.day is None or e.on <= case.facts.day for e in found.after)


def _is_short(case: Case, minimum: Minimum, found: Sum) -> bool:
    least = minimum.yuan * 100
    return case.aims_at((minimum.level,)) and (found.fen <= least if minimum.strict else found.fen < least)


def _nothing(case: Case, rule: Spend, found: Sum) -> Finding:
    early, late = len(found.before), _late(case, found)
    if not early and not late:
        return _found(case, rule, "missing", NOTHING, found, 0)
    names = _names(rule)
    side = names["around"] if early and late else names["early" if early else "late"]
    return _found(case, rule, "obstacle", NOTHING_INSIDE, found, early + late, side)


def _too_little(case: Case, rule: Spend, found: Sum, minimum: Minimum) -> Finding:
    least = minimum.yuan * 100
    words = TOO_LITTLE.fill(
        sum=money(found.fen),
        level=case.book.level(minimum.level).name,
        edge=EDGES[minimum.strict],
        least=money(least),
    )
    remedy = GAP[minimum.strict].fill(gap=money(least - found.fen), least=money(least))
    return say(case, rule, "obstacle", words, WHERE[rule.event], remedy, [_total(rule, found)])


def _found(
    case: Case, rule: Spend, kind: Kind, said: Text, found: Sum, n: int, side: Text = EMPTY
) -> Finding:
    names = _names(rule)
    words = said.fill(n=n, sum=money(found.fen), side=side, **names)
    remedy = EMPTY if kind == "wrong" else ENTER.fill(**names)
    facts = [_total(rule, found)] if found.counted else []
    return say(case, rule, kind, words, WHERE[rule.event], remedy, facts)


def _names(rule: Spend) -> dict[str, Text]:
    first = day(rule.from_) if rule.from_ else EMPTY
    last = day(rule.to) if isinstance(rule.to, date) else EMPTY
    return {
        # A window that ends with the submission is not said to: it would only name today.
        "span": span(rule, None).words,
        "early": EARLY[rule.from_inclusive].fill(first=first),
        "late": LATER[rule.to_inclusive].fill(last=last),
        "around": AROUND.fill(first=first, last=last),
        "what": EVENTS[rule.event],
        "tax": TAXES[rule.tax],
    }


def _total(rule: Spend, found: Sum) -> Text:
    return fact(TOTAL.fill(**_names(rule)), money(found.fen))
