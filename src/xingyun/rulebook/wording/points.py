"""The items, groups and thresholds of the points in words."""

from typing import assert_never

from xingyun.rulebook.book import Rulebook
from xingyun.rulebook.schema.points import (
    AnswerPoints,
    Band,
    ConditionPoints,
    DomainPoints,
    Group,
    Item,
    NumberPoints,
    Threshold,
)
from xingyun.rulebook.text import Text, join
from xingyun.rulebook.wording.numbers import edge, measured, plain

POINTS = Text("{what}：{n} 分", "{what}: {n} points")
CAPPED = Text("最多 {n} 分", "at most {n} points")
BONUS = Text("加分，不计入总分上限", "a bonus beyond the cap of the whole")
BEST = Text("几项都有的取最高", "of several the best")
SUM = Text("几项都有的相加", "several add up")
EACH = Text("每满 {n}", "every {n}")
ABOVE = Text("超过 {a} 的部分每满 {n}", "every {n} above {a}")
FLOOR = Text("扣到 {n} 分为止", "deductions end at {n}")
REST = Text("其余", "anything else")
EDGES = {True: Text("多于", "more than"), False: Text("至少", "at least")}


def item(book: Rulebook, one: Item) -> Text:
    """What an item gives, for what."""
    words = _gives(book, one)
    if one.cap is not None:
        words.append(CAPPED.fill(n=one.cap))
    return join(words, "；", "; ")


def _gives(book: Rulebook, one: Item) -> list[Text]:
    match one:
        case DomainPoints():
            return [_points(Text("每个有证明的域", "each proved domain"), one.each)]
        case NumberPoints():
            return [measured(book, one), *_by_number(book, one)]
        case AnswerPoints():
            field = book.form.field(one.field)
            names = {o.key: o.name for o in field.options}
            scores = [_points(names[s.is_], s.points) for s in one.scores]
            if field.kind != "multi_choice":
                return scores
            return [*scores, BEST if one.combine == "best" else SUM]
        case ConditionPoints():
            name = next(c.name for c in book.conditions if c.key == one.condition)
            return [_points(Text("符合“{c}”", "“{c}” met").fill(c=name), one.points)]
        case _:
            assert_never(one)


def _by_number(book: Rulebook, one: NumberPoints) -> list[Text]:
    if one.per is None or one.each is None:
        return [_band(book, one, band) for band in one.bands]
    size = plain(book, one, one.per)
    what = EACH.fill(n=size) if one.above is None else ABOVE.fill(n=size, a=plain(book, one, one.above))
    return [_points(what, one.each)]


def _points(what: Text, n: int) -> Text:
    return POINTS.fill(what=what, n=n)


def _band(book: Rulebook, one: NumberPoints, band: Band) -> Text:
    written = {key: getattr(band, key) for key in ("at_least", "more_than", "at_most", "less_than")}
    edges = [edge(book, one, key, value) for key, value in written.items() if value is not None]
    return _points(join(edges, "、", ", ") if edges else REST, band.points)


def group(one: Group) -> Text:
    """What bounds a group; nothing where nothing does."""
    words = [BONUS] if one.bonus else []
    words += [CAPPED.fill(n=one.cap)] if one.cap is not None else []
    words += [FLOOR.fill(n=one.floor)] if one.floor is not None else []
    return join(words, "，", ", ")


def threshold(book: Rulebook, one: Threshold) -> Text:
    """What a level asks for, group by group."""
    least = Text("{e} {n} 分", "{e} {n} points")
    names = {g.key: g.name for g in book.points.groups} if book.points else {}
    asked = [least.fill(e=EDGES[one.strict], n=one.at_least)]
    for minimum in one.minimums:
        words = least.fill(e=EDGES[minimum.strict], n=minimum.at_least)
        asked.append(Text("其中“{g}”{w}", "of them in “{g}” {w}").fill(g=names[minimum.group], w=words))
    names = {c.key: c.name for c in book.conditions}
    if one.conditions:
        said = Text("并符合{c}", "with {c} met")
        asked.append(said.fill(c=join([names[key] for key in one.conditions])))
    return join(asked, "，", ", ")
