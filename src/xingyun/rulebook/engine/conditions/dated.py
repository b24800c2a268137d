"""The rule kind `dated`: a date of the form inside a window."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from xingyun.rulebook import months
from xingyun.rulebook.engine.case import Case
from xingyun.rulebook.engine.conditions.said import fact, say
from xingyun.rulebook.engine.span import Span
from xingyun.rulebook.findings import Finding
from xingyun.rulebook.form.values import Month, Value
from xingyun.rulebook.schema.conditions import Dated
from xingyun.rulebook.text import EMPTY, Text

INSIDE = Text("{name}：{shown}，符合。", "{name}: {shown}, met.")
OUTSIDE = Text(
    "{name}：{shown}，不在期限内（{span}）。", "{name}: {shown} lies outside the time asked for ({span})."
)
PARTLY = Text(
    "{name}：{shown}只有一部分在期限内（{span}），由评审人员判断。",
    "{name}: {shown} lies partly inside the time asked for ({span}); the reviewers judge.",
)
UNKNOWN = Text("{name}：以提交之日为准。", "{name}: it depends on the day of submission.")
CHECK = Text("请核对“{field}”。", "Please check “{field}”.")


def judge(case: Case, rule: Dated) -> Iterator[Finding]:
    """A field without a date is the form's business."""
    days = _days(case.value(rule.field))
    if days is None:
        return
    field, where = case.book.form.field(rule.field), ("form", rule.field)
    window = span(rule, case.facts.day)
    if window is None:
        yield say(case, rule, "hint", UNKNOWN.fill(name=rule.name), where)
        return
    shown = _shown(case, rule)
    names = {"name": rule.name, "shown": shown, "span": _trimmed(window.words)}
    facts = [fact(field.name, shown)]
    sides = [window.side(on) for on in days]
    if sides == ["inside", "inside"]:
        yield say(case, rule, "ok", INSIDE.fill(**names), where, EMPTY, facts)
    elif sides[0] == sides[1]:
        remedy = CHECK.fill(field=field.name)
        yield say(case, rule, rule.otherwise, OUTSIDE.fill(**names), where, remedy, facts)
    else:
        yield say(case, rule, "judge", PARTLY.fill(**names), where, EMPTY, facts)


def span(rule: Dated, submitted: date | None) -> Span | None:
    """The rule's window for who submits on that day; None where that day matters and is not known."""
    if rule.within_months is None:
        return Span(rule.from_, rule.to, rule.from_inclusive, rule.to_inclusive)
    last = submitted if rule.as_of == "submission" else rule.as_of
    if last is None:
        return None
    return Span(months.before(last, rule.within_months), last, rule.from_inclusive, rule.to_inclusive)


def _days(value: Value | None) -> tuple[date, date] | None:
    """The first and the last day of what the field says."""
    if isinstance(value, Month):
        end = monthrange(value.year, value.month)[1]
        return date(value.year, value.month, 1), date(value.year, value.month, end)
    return (value, value) if isinstance(value, date) else None


def _shown(case: Case, rule: Dated) -> Text:
    field, value = case.book.form.field(rule.field), case.value(rule.field) or ""
    return Text(*(case.book.form.display(field, value, lang) for lang in ("zh", "en")))


def _trimmed(words: Text) -> Text:
    return Text(words.zh, words.en.strip())
