"""The rule kind `spend`: a sum of invoices, payments or contracts in a window of dates."""

from collections.abc import Iterator

from xingyun.rulebook.engine.case import Case
from xingyun.rulebook.engine.conditions.said import say
from xingyun.rulebook.engine.sums import Sum, day, money, total
from xingyun.rulebook.findings import Finding, Kind
from xingyun.rulebook.schema.conditions import Minimum, Spend
from xingyun.rulebook.text import Text

EVENTS = {
    "invoice": Text("发票", "invoices"),
    "payment": Text("付款", "payments"),
    "contract": Text("合同", "contracts"),
}
TAXES = {"included": Text("含税", "with tax"), "excluded": Text("不含税", "without tax")}

NOTHING = Text("还没有录入{what}。", "No {what} entered yet.")
NOTHING_INSIDE = Text(
    "录入的 {n} 笔{what}都早于{first}，不计入。",
    "All {n} {what} entered are dated before {first} and do not count.",
)
COUNTED = Text(
    "{first}以来计入 {n} 笔{what}，合计 {sum}（{tax}）。",
    "{n} {what} count since {first}, {sum} in all ({tax}).",
)
BEFORE = Text(
    "{n} 笔{what}早于{first}，不计入，也不影响申报。",
    "{n} {what} are dated before {first}: they do not count and do no harm.",
)
AFTER = Text(
    "{n} 笔{what}的日期在期限之后，请核对日期。", "{n} {what} are dated too late; please check the dates."
)
TOO_LITTLE = Text(
    "合计 {sum}，“{level}”要求{edge} {least}。", "{sum} in all; “{level}” asks for {edge} {least}."
)
EDGES = {True: Text("多于", "more than"), False: Text("不少于", "at least")}
WHERE = {
    "invoice": ("ledger", "invoices"),
    "payment": ("ledger", "payments"),
    "contract": ("ledger", "contracts"),
}


def judge(case: Case, rule: Spend) -> Iterator[Finding]:
    """Whether anything counts, whether it is enough, what lies outside the window."""
    found = total(rule, case.facts)
    short = next((m for m in rule.minimums if _is_short(case, m, found)), None)
    if not found.counted or found.fen <= 0:
        yield _nothing(case, rule, found)
    elif short:
        yield _too_little(case, rule, found, short)
    else:
        yield _found(case, rule, "ok", COUNTED, len(found.counted), found.fen)
    if found.before and found.counted:
        yield _found(case, rule, "hint", BEFORE, len(found.before))
    if found.after:
        yield _found(case, rule, "wrong", AFTER, len(found.after))


def _is_short(case: Case, minimum: Minimum, found: Sum) -> bool:
    least = minimum.yuan * 100
    return case.aims_at((minimum.level,)) and (found.fen <= least if minimum.strict else found.fen < least)


def _nothing(case: Case, rule: Spend, found: Sum) -> Finding:
    if found.before:
        return _found(case, rule, "obstacle", NOTHING_INSIDE, len(found.before))
    return _found(case, rule, "missing", NOTHING, 0)


def _too_little(case: Case, rule: Spend, found: Sum, minimum: Minimum) -> Finding:
    words = TOO_LITTLE.fill(
        sum=money(found.fen),
        level=case.book.level(minimum.level).name,
        edge=EDGES[minimum.strict],
        least=money(minimum.yuan * 100),
    )
    return say(case, rule, "obstacle", words, WHERE[rule.event])


def _found(case: Case, rule: Spend, kind: Kind, said: Text, n: int, fen: int = 0) -> Finding:
    words = said.fill(
        n=n, what=EVENTS[rule.event], first=day(rule.from_), sum=money(fen), tax=TAXES[rule.tax]
    )
    return say(case, rule, kind, words, WHERE[rule.event])
