"""Conditions in plain words: what the engine does with each, beside the rulebook's own sentence."""

from collections.abc import Iterable, Iterator
from datetime import date

from xingyun.rulebook import months
from xingyun.rulebook.book import Rulebook, by_key
from xingyun.rulebook.engine.conditions.domains import BRANCHES
from xingyun.rulebook.engine.conditions.fast_tracks import POINTS
from xingyun.rulebook.engine.conditions.spend import EDGES, EVENTS, TAXES
from xingyun.rulebook.engine.span import Span, day
from xingyun.rulebook.engine.sums import money, span
from xingyun.rulebook.schema.conditions import (
    AllOf,
    AnyOf,
    Condition,
    ContinuousUse,
    Dated,
    Domains,
    Excluded,
    NumberIs,
    OutsideCheck,
    Spend,
)
from xingyun.rulebook.schema.fast_tracks import FastTrack
from xingyun.rulebook.schema.levels import Level
from xingyun.rulebook.text import EMPTY, Text, join
from xingyun.rulebook.wording import numbers
from xingyun.rulebook.wording.circumstances import circumstances

_STRENGTHS = {
    "veto": Text("一票否决，直通条件和免除都不管用", "a veto: no fast track and no waiver helps"),
    "preferred": Text("优先条件，不符合也能申报", "a preference: failing it stops nobody"),
}
_SUBMISSION = Text("提交之日", "the day of submission")


def computed(book: Rulebook, rule: Condition) -> Iterator[Text]:
    """What is computed for the condition, part by part."""
    if rule.levels:
        named = join([book.level(key).name for key in rule.levels])
        yield Text("限申报{levels}的", "only for {levels}").fill(levels=named)
    if rule.when:
        yield circumstances(book, rule.when)
    match rule:
        case OutsideCheck():
            yield from _outside(book, rule)
        case Spend():
            yield from _spend(book, rule)
        case ContinuousUse():
            yield from _use(rule)
        case Dated():
            yield from _dated(book, rule)
        case NumberIs():
            said = Text("{what}：{edges}", "{what}: {edges}")
            yield said.fill(what=numbers.measured(book, rule), edges=numbers.edges(book, rule))
        case Domains():
            yield from _domains(book, rule)
        case Excluded():
            yield from _excluded(rule)
            yield Text("由{tier}查", "looked up by {tier}").fill(tier=book.tier(rule.checked_by).name)
        case AnyOf():
            yield _some(rule).fill(parts=_named(book, rule.conditions), n=rule.at_least)
        case AllOf():
            yield Text("须全部符合：{parts}", "all of: {parts}").fill(parts=_named(book, rule.conditions))
    if rule.key in book.parts:
        yield Text("不单独要求，供其他规则引用", "not asked by itself: other rules ask for it")
    if rule.strength in _STRENGTHS:
        yield _STRENGTHS[rule.strength]
    if rule.waived_for:
        named = join([by_key(book.lists, key).name for key in rule.waived_for])
        yield Text("列入{lists}的免除", "waived for those on {lists}").fill(lists=named)


def _some(rule: AnyOf) -> Text:
    if rule.at_least == 1:
        return Text("任一即可：{parts}", "any one of: {parts}")
    return Text("至少符合{n}项：{parts}", "at least {n} of: {parts}")


def replaced(book: Rulebook, track: FastTrack) -> Iterator[Text]:
    """What a fast track asks for and what it stands in place of."""
    if track.levels:
        named = join([book.level(key).name for key in track.levels])
        yield Text("限申报{levels}的", "only for {levels}").fill(levels=named)
    yield Text("任一即可：{parts}", "any one of: {parts}").fill(parts=_named(book, track.any_of))
    names = [
        book.points.name if key == POINTS and book.points else _name(book, key) for key in track.instead_of
    ]
    yield Text("不再要求：{rules}", "no longer asked: {rules}").fill(rules=join(names))


def entry(book: Rulebook, level: Level) -> Iterator[Text]:
    """How a level is entered directly, and what holding it already means."""
    if level.direct_if:
        named = _named(book, level.direct_if)
        yield Text("可直接申报，只要符合任一：{parts}", "entered directly with any one of: {parts}").fill(
            parts=named
        )
    if level.when_held == "obstacle":
        yield Text("已有同级或更高等级的不能申报", "not for those who hold it or a higher one")


def _named(book: Rulebook, keys: Iterable[str]) -> Text:
    return join([_name(book, key) for key in keys])


def _name(book: Rulebook, key: str) -> Text:
    return by_key(book.conditions, key).name


def as_of(moment: date | str) -> Text:
    """The day that something is looked at."""
    return day(moment) if isinstance(moment, date) else _SUBMISSION


def _outside(book: Rulebook, rule: OutsideCheck) -> Iterator[Text]:
    named = {"source": book.looked_up_in(rule), "tier": book.tier(rule.checked_by).name}
    if rule.must_be == "listed":
        yield Text("由{tier}核对：须列入{source}", "{tier} checks: listed in {source}").fill(**named)
    else:
        yield Text("由{tier}查{source}", "{tier} looks into {source}").fill(**named)
        yield from _time(rule)
    if rule.at_most:
        yield Text("容许{n}条", "{n} entries are put up with").fill(n=rule.at_most)
    if rule.repeat_within_days is not None:
        yield Text(
            "公布前重新核对，答复不早于公布前{n}天", "checked again at most {n} days before the announcement"
        ).fill(n=rule.repeat_within_days)


def _spend(book: Rulebook, rule: Spend) -> Iterator[Text]:
    edge = {
        "open": Text("，不限截止", ", no end"),
        "submission": Text("，到提交之日", ", to the day of submission"),
    }
    window, end = span(rule, None).words, edge.get(str(rule.to), EMPTY)
    yield Text("按{what}、{tax}{w}{end}", "by {what}, {tax}{w}{end}").fill(
        what=EVENTS[rule.event],
        tax=TAXES[rule.tax],
        w=Text("，" * bool(window.zh) + window.zh, window.en),
        end=end,
    )
    for least in rule.minimums:
        yield Text("{level}{edge} {sum}", "{level}: {edge} {sum}").fill(
            level=book.level(least.level).name, edge=EDGES[least.strict], sum=money(least.yuan * 100)
        )


def _use(rule: ContinuousUse) -> Iterator[Text]:
    shown = {"at": as_of(rule.at), "n": rule.months}
    yield Text("到{at}连续使用满{n}个月", "{n} months in use without a break by {at}").fill(**shown)
    example = date(2020, 3, 15)
    full = months.complete(example, rule.months, inclusive=rule.inclusive)
    yield Text("例：自{a}起，{b}满", "for example from {a}: complete on {b}").fill(
        a=day(example), b=day(full)
    )
    if rule.gap_days:
        yield Text("间隔不超过{n}天算连续", "breaks of up to {n} days do no harm").fill(n=rule.gap_days)
    if not rule.in_force:
        yield Text("届时不必仍在履行", "it need not run any more by then")


def _dated(book: Rulebook, rule: Dated) -> Iterator[Text]:
    field = book.form.field(rule.field).name
    if rule.within_months is not None:
        said = Text("“{f}”在{day}前{n}个月内", "“{f}” within {n} months before {day}")
        yield said.fill(f=field, n=rule.within_months, day=as_of(rule.as_of))
        if not (rule.from_inclusive and rule.to_inclusive):
            yield Text("两端不全含", "not both ends included")
        return
    window = Span(rule.from_, rule.to, rule.from_inclusive, rule.to_inclusive).words
    yield Text("“{f}”：{w}", "“{f}”:{w}").fill(f=field, w=window)


def _domains(book: Rulebook, rule: Domains) -> Iterator[Text]:
    if rule.at_least:
        inside = book.branch_name(rule.within) if rule.within else Text("清单", "the checklist")
        if rule.in_branches is None:
            said = Text("{inside}里至少{n}个域有证明", "at least {n} domains of {inside} proved")
            yield said.fill(inside=inside, n=rule.at_least)
        else:
            said = Text(
                "{inside}里至少{n}个{what}各有{each}个以上域有证明",
                "{each} or more domains proved in each of at least {n} {what} of {inside}",
            )
            yield said.fill(inside=inside, n=rule.at_least, what=BRANCHES[rule.in_branches], each=rule.each)
    if rule.all_of:
        named = join([book.branch_name(key) for key in rule.all_of])
        yield Text("须全部有证明：{named}", "all of these proved: {named}").fill(named=named)


def _excluded(rule: Excluded) -> Iterator[Text]:
    if rule.by == "funding":
        yield Text("按已获资助", "by funding received")
        yield from _time(rule)
        if rule.at_most:
            yield Text("容许{n}次", "{n} are put up with").fill(n=rule.at_most)
        return
    whose = {"title": Text("持有", "holding"), "relation": Text("关联企业持有", "related to a holder of")}
    programmes = "、".join(rule.programmes)
    levels = "、".join(rule.title_levels)
    named = Text(programmes or "其他项目", programmes or "another programme")
    title = Text(levels or "称号", levels or "title")
    yield Text("{whose}{p}的{t}的不能申报", "{whose} {t} of {p} shuts out").fill(
        whose=whose[rule.by], p=named, t=title
    )
    yield from _time(rule)
    if rule.at_most:
        yield Text("容许{n}个", "{n} are put up with").fill(n=rule.at_most)
    if not rule.while_valid:
        yield Text("过期的也算", "one that has ended counts, too")


def _time(rule: OutsideCheck | Excluded) -> Iterator[Text]:
    """The time whose entries count, where not all do."""
    if rule.look_back_months is not None:
        said = Text("只看{day}前{n}个月", "only the {n} months before {day}")
        yield said.fill(n=rule.look_back_months, day=as_of(rule.as_of))
    elif rule.from_ or rule.to:
        yield Text("只看{w}", "only those{w}").fill(w=Span(rule.from_, rule.to).words)
