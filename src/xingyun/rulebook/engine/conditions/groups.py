"""The rule kinds `any_of` and `all_of`: conditions made of others."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from xingyun.rulebook.engine.case import Case
from xingyun.rulebook.engine.conditions.parts import WORST, Part, Standing, at, first, nth
from xingyun.rulebook.engine.conditions.said import say
from xingyun.rulebook.findings import Finding, Kind
from xingyun.rulebook.schema.conditions import AllOf, AnyOf
from xingyun.rulebook.text import EMPTY, Text, join

MET = Text("{name}：符合（{parts}）。", "{name}: met ({parts}).")
JUDGED = Text("{name}：由评审人员判断（{parts}）。", "{name}: the reviewers judge ({parts}).")
UNKNOWN = Text("{name}：由工作人员核对（{parts}）。", "{name}: checked by the officers ({parts}).")
TOO_FEW = Text(
    "{name}：要求符合 {n} 项，现在符合 {m} 项（共有{parts}）。", "{name}: {m} of {n} are met (of {parts})."
)
NONE_MET = Text("{name}：{parts}，一项也不符合。", "{name}: none of these is met: {parts}.")
NOT_MET = Text("{name}：{parts}不符合。", "{name}: not met: {parts}.")
NEAREST = Text("最接近的是“{part}”：{words}", "The nearest is “{part}”: {words}")


def any_of(case: Case, rule: AnyOf, parts: Sequence[Part]) -> Iterator[Finding]:
    """Met by one, or by as many as are asked for; otherwise the nearest is named. Slips are pointed out."""
    stands = nth(parts, rule.at_least)
    if stands in ("missing", "not_met"):
        nearest = at(parts, stands)[0]
        remedy = NEAREST.fill(part=nearest.rule.name, words=nearest.words)
        few = TOO_FEW.fill(n=rule.at_least, m=len(at(parts, "met")), name="{name}", parts="{parts}")
        failing = NONE_MET if rule.at_least == 1 else few
        yield _say(case, rule, stands, failing, parts, nearest, remedy)
    else:
        yield _say(case, rule, stands, MET, at(parts, stands), at(parts, stands)[0])
    yield from wrong(parts)


def all_of(case: Case, rule: AllOf, parts: Sequence[Part]) -> Iterator[Finding]:
    """Met by all; otherwise it says which are not."""
    stands = first(parts, WORST)
    if stands in ("missing", "not_met"):
        failing = at(parts, "missing", "not_met")
        remedy = join([p.words for p in failing], " ", " ")
        yield _say(case, rule, stands, NOT_MET, failing, failing[0], remedy)
    else:
        yield _say(case, rule, stands, MET, at(parts, stands), at(parts, stands)[0])
    yield from wrong(parts)


def wrong(parts: Sequence[Part]) -> Iterator[Finding]:
    """What is mistyped in the parts; a slip is put right whichever of them counts."""
    for part in parts:
        yield from (f for f in part.findings if f.kind == "wrong")


_KINDS: dict[Standing, tuple[Kind, Text]] = {
    "met": ("ok", MET),
    "judge": ("judge", JUDGED),
    "unknown": ("hint", UNKNOWN),
}


def _say(
    case: Case,
    rule: AnyOf | AllOf,
    stands: Standing,
    failing: Text,
    named: Sequence[Part],
    main: Part,
    remedy: Text = EMPTY,
) -> Finding:
    fails: Kind = "missing" if stands == "missing" and rule.otherwise == "obstacle" else rule.otherwise
    kind, said = _KINDS.get(stands, (fails, failing))
    words = said.fill(name=rule.name, parts=join([p.rule.name for p in named]))
    facts = tuple(fact for p in named for fact in p.facts)
    finding = say(case, rule, kind, words, main.where, remedy, facts)
    cited = dict.fromkeys((*finding.clauses, *(case.book.clause(c) for p in named for c in p.rule.clause)))
    return replace(finding, clauses=tuple(cited))
