"""Windows of dates and lengths of time: none is empty, none runs beyond all sense."""

from collections.abc import Iterator
from datetime import date

from xingyun.rulebook.checks.conditions import MOST_MONTHS
from xingyun.rulebook.checks.fault import Fault, fault
from xingyun.rulebook.schema.conditions import ContinuousUse, Dated, Spend
from xingyun.rulebook.schema.document import Document

MOST_GAP_DAYS = 3660
_Said = tuple[str, str, str]


def spends(doc: Document) -> Iterator[Fault]:
    """A window on sums ends after it begins; an edge belongs to a date."""
    for n, rule in enumerate(doc.conditions):
        if isinstance(rule, Spend):
            for key, zh, en in (*_empty(rule), *_edges(rule)):
                yield fault(("conditions", n, key), zh, en)


def minimums(doc: Document) -> Iterator[Fault]:
    """Each level has at most one least sum, for a level that the condition holds for."""
    for n, rule in enumerate(doc.conditions):
        seen: set[str] = set()
        for m, minimum in enumerate(rule.minimums if isinstance(rule, Spend) else ()):
            path = ("conditions", n, "minimums", m)
            if minimum.level in seen:
                yield fault(path, "这一级已有最低数额", "this level has a least sum already")
            if rule.levels and minimum.level not in rule.levels:
                yield fault(path, "这一条不适用于这一级", "the condition does not hold for this level")
            if minimum.yuan < 0:
                yield fault(path, "不能是负数", "it can't be negative")
            seen.add(minimum.level)


def uses(doc: Document) -> Iterator[Fault]:
    """Months in use and days between contracts are numbers that make sense."""
    for n, rule in enumerate(doc.conditions):
        if not isinstance(rule, ContinuousUse):
            continue
        if not 1 <= rule.months <= MOST_MONTHS:
            yield fault(("conditions", n, "months"), "1 至 1200 个月", "from 1 to 1200 months")
        if not 0 <= rule.gap_days <= MOST_GAP_DAYS:
            yield fault(("conditions", n, "gap_days"), "0 至 3660 天", "from 0 to 3660 days")


def dates(doc: Document) -> Iterator[Fault]:
    """A dated condition looks at a date and has one window."""
    kinds = {f.key: f.kind for f in doc.form.fields}
    for n, rule in enumerate(doc.conditions):
        if isinstance(rule, Dated):
            if kinds.get(rule.field, "date") not in ("date", "month"):
                yield fault(("conditions", n, "field"), "要是日期或年月", "it must be a date or a month")
            for key, zh, en in (
                *_empty(rule),
                *(_edges(rule) if rule.within_months is None else _months(rule)),
            ):
                yield fault(("conditions", n, key), zh, en)


def _empty(rule: Spend | Dated) -> Iterator[_Said]:
    if isinstance(rule.to, date) and rule.from_ is not None:
        both = rule.from_inclusive and rule.to_inclusive
        if rule.to < rule.from_ or (rule.to == rule.from_ and not both):
            yield "to", "结束早于开始", "it ends before it starts"


def _edges(rule: Spend | Dated) -> Iterator[_Said]:
    if rule.from_ is None and not rule.from_inclusive:
        yield "from_inclusive", "与 from 一起写", "from_inclusive goes with from"
    if not isinstance(rule.to, date) and not rule.to_inclusive:
        yield "to_inclusive", "与日期 to 一起写", "to_inclusive goes with a date in `to`"
    if isinstance(rule, Dated) and rule.from_ is None and rule.to is None:
        yield "from", "写 from、to，或者 within_months", "from, to or within_months is needed"
    if isinstance(rule, Dated) and rule.as_of != "submission":
        yield "as_of", "与 within_months 一起写", "as_of goes with within_months"


def _months(rule: Dated) -> Iterator[_Said]:
    if not 1 <= (rule.within_months or 0) <= MOST_MONTHS:
        yield "within_months", "1 至 1200 个月", "from 1 to 1200 months"
    if rule.from_ is not None or rule.to is not None:
        yield "within_months", "不与 from、to 一起写", "either within_months, or from and to"
