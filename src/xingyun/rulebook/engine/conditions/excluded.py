"""The rule kind `excluded`: another title, earlier funding, a relation that shuts out."""

from datetime import date

from xingyun.rulebook import months
from xingyun.rulebook.engine.case import Case
from xingyun.rulebook.engine.conditions.look_back import has_window, window
from xingyun.rulebook.engine.conditions.said import fact, say
from xingyun.rulebook.engine.span import Span, day
from xingyun.rulebook.facts import HeldTitle, LookUp
from xingyun.rulebook.findings import Finding
from xingyun.rulebook.schema.conditions import Excluded
from xingyun.rulebook.text import EMPTY, Text, join

UNCHECKED = Text("{name}：由工作人员核对（{source}）。", "{name}: checked by the officers ({source}).")
FREE = Text("{name}：没有这种情形。", "{name}: nothing of the kind.")
FOUND = Text("{name}：查到{found}。", "{name}: {found} found.")
OUTSIDE = Text("工作人员登记的记录", "an entry by the officers")
TOLERATED = Text("{name}：{found}，不多于容许的 {most} 次。", "{name}: {found}; {most} are put up with.")
TOLERATED_TITLES = Text(
    "{name}：{found}，不多于容许的 {most} 个。", "{name}: {found}; {most} are put up with."
)
UNKNOWN = Text("{name}：以提交之日为准。", "{name}: it depends on the day of submission.")
TITLE = Text("{programme}的{level}", "{level} of {programme}")
FUNDED = Text("{n} 次资助", "{n} fundings")
FUNDING = Text("资助", "Funding")
HELD = Text("持有的称号", "Title held")
RELATED = Text("关联企业持有的称号", "Title held by a related enterprise")
ENDS = Text("{last}以后不再受限。", "After {last} it no longer shuts out.")
FREE_ON = Text("{free}起不再受限。", "From {free} on it no longer shuts out.")
EXPLAIN = Text("与事实不符的，请向受理机关说明。", "If this is not so, please tell the office.")
PLACE = ("offices",)


def judge(case: Case, rule: Excluded) -> Finding:
    """What shuts out; where nobody knows, that officers will look."""
    entry = case.facts.outside.get(rule.key)
    if rule.by == "funding":
        return _funding(case, rule, entry)
    if entry is not None and entry.found == "listed":
        return _undated(case, rule)
    return _title(case, rule) or _looked_up(case, rule, entry)


def _looked_up(case: Case, rule: Excluded, entry: LookUp | None) -> Finding:
    """Where nothing but the officers' record speaks of titles or fundings."""
    if entry is not None:
        return say(case, rule, "ok", FREE.fill(name=rule.name), PLACE)
    words = UNCHECKED.fill(name=rule.name, source=case.book.looked_up_in(rule))
    return say(case, rule, "hint", words, PLACE)


def _title(case: Case, rule: Excluded) -> Finding | None:
    """What titles say; None where nobody knows which there are."""
    titles = case.facts.other_titles if rule.by == "title" else case.facts.related_titles
    if titles is None:
        return None
    named = [t for t in titles if _is_meant(rule, t)]
    span = window(rule, case.facts.day)
    if named and (span is None or (rule.while_valid and case.facts.day is None)):
        return say(case, rule, "hint", UNKNOWN.fill(name=rule.name), PLACE)
    holding = [t for t in named if not rule.while_valid or _holds(t, case.facts.day)]
    holding = [t for t in holding if span is None or _given_in(t, span)]
    facts = [fact(HELD if rule.by == "title" else RELATED, _shown(t)) for t in named]
    if not holding:
        return say(case, rule, "ok", FREE.fill(name=rule.name), PLACE, EMPTY, facts)
    shown = join([_shown(t) for t in holding])
    if len(holding) <= rule.at_most:
        words = TOLERATED_TITLES.fill(name=rule.name, found=shown, most=rule.at_most)
        return say(case, rule, "ok", words, PLACE, EMPTY, facts)
    words = FOUND.fill(name=rule.name, found=shown)
    return say(case, rule, rule.otherwise, words, PLACE, _until(rule, holding), facts)


def _is_meant(rule: Excluded, title: HeldTitle) -> bool:
    return (not rule.programmes or title.programme in rule.programmes) and (
        not rule.title_levels or title.level in rule.title_levels
    )


def _holds(title: HeldTitle, on: date | None) -> bool:
    return on is None or Span(title.valid_from, title.valid_to).side(on) == "inside"


def _given_in(title: HeldTitle, span: Span) -> bool:
    """Whether it was given in that time; one whose first day nobody knows counts."""
    return title.valid_from is None or span.side(title.valid_from) == "inside"


def _until(rule: Excluded, holding: list[HeldTitle]) -> Text:
    """The last day on which so many of them hold, where all of them end."""
    ends = sorted(t.valid_to for t in holding if t.valid_to is not None)
    if not rule.while_valid or len(ends) < len(holding):
        return EXPLAIN
    return ENDS.fill(last=day(ends[-rule.at_most - 1]))


def _shown(title: HeldTitle) -> Text:
    if not title.level:
        return Text(title.programme, title.programme)
    return TITLE.fill(programme=title.programme, level=title.level)


def _funding(case: Case, rule: Excluded, entry: LookUp | None) -> Finding:
    """What fundings say: those known, and those that the officers found."""
    found = entry.dates if entry is not None and entry.found == "listed" else ()
    if entry is not None and entry.found == "listed" and not found:
        return _undated(case, rule)
    known = None if case.facts.fundings is None and not found else (*(case.facts.fundings or ()), *found)
    span = window(rule, case.facts.day)
    if known is None:
        return _looked_up(case, rule, entry)
    if known and span is None:
        return say(case, rule, "hint", UNKNOWN.fill(name=rule.name), PLACE)
    return _weighed(case, rule, sorted(set(known)), span)


def _undated(case: Case, rule: Excluded) -> Finding:
    """What was found without its days shuts out only where neither days nor numbers matter."""
    words = FOUND.fill(name=rule.name, found=OUTSIDE)
    matters = has_window(rule) or rule.at_most > 0
    return say(case, rule, "judge" if matters else rule.otherwise, words, PLACE, EXPLAIN)


def _weighed(case: Case, rule: Excluded, known: list[date], span: Span | None) -> Finding:
    counted = [on for on in known if span is None or span.side(on) == "inside"]
    facts = [fact(FUNDING, day(on)) for on in known]
    names = {"name": rule.name, "found": FUNDED.fill(n=len(counted)), "most": rule.at_most}
    if not counted:
        return say(case, rule, "ok", FREE.fill(**names), PLACE, EMPTY, facts)
    if len(counted) <= rule.at_most:
        return say(case, rule, "ok", TOLERATED.fill(**names), PLACE, EMPTY, facts)
    return say(case, rule, rule.otherwise, FOUND.fill(**names), PLACE, _free(rule, counted), facts)


def _free(rule: Excluded, counted: list[date]) -> Text:
    if rule.look_back_months is None or rule.as_of != "submission":
        return EXPLAIN
    return FREE_ON.fill(free=day(months.clear_of(counted[-rule.at_most - 1], rule.look_back_months)))
