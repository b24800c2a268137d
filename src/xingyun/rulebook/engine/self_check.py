"""The public self-check: a few answers, and for each level what stands in the way, with its clause.

It never says that anyone qualifies: what reviewers judge is named, the rest is "no obstacle found".
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from xingyun.rulebook.book import Rulebook, by_key
from xingyun.rulebook.engine import conditions, ladder, materials, points, sums
from xingyun.rulebook.engine.case import Case
from xingyun.rulebook.engine.conditions import fast_tracks
from xingyun.rulebook.engine.entry import enter
from xingyun.rulebook.facts import Contract, Event, Facts, MaterialState
from xingyun.rulebook.findings import Finding
from xingyun.rulebook.form.parse import parse
from xingyun.rulebook.form.values import Money, Value
from xingyun.rulebook.schema.conditions import (
    AllOf,
    AnswerIs,
    AnyOf,
    Condition,
    Dated,
    Judged,
    NumberIs,
    OutsideCheck,
    RegisteredIn,
    Spend,
)
from xingyun.rulebook.schema.form import Field
from xingyun.rulebook.schema.levels import Level
from xingyun.rulebook.schema.materials import Material
from xingyun.rulebook.schema.procedure import Question
from xingyun.rulebook.schema.shared import When
from xingyun.rulebook.text import Text, join

YES = "yes"
NO_OBSTACLE = Text("按{clauses}未发现障碍", "no obstacle found under {clauses}")
NOTHING_YET = Text("还没有可以核对的回答", "nothing to check yet")
OBSTACLES = Text("有 {n} 项条件不符", "{n} conditions not met")
UNANSWERED = Text("“{name}”还没有回答。", "“{name}” is not answered yet.")


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelCheck:
    """What the answers mean for one level."""

    level: Level
    findings: tuple[Finding, ...]
    heading: Text

    @property
    def obstacles(self) -> tuple[Finding, ...]:
        """What stands in the way."""
        return tuple(f for f in self.findings if f.kind == "obstacle")

    @property
    def to_prepare(self) -> tuple[Finding, ...]:
        """What is still to be supplied or answered."""
        return tuple(f for f in self.findings if f.kind in ("missing", "wrong"))

    @property
    def judged(self) -> tuple[Finding, ...]:
        """What only reviewers can judge."""
        return tuple(f for f in self.findings if f.kind == "judge")


def self_check(rulebook: Rulebook, answers: Mapping[str, str]) -> tuple[LevelCheck, ...]:
    """For every level, lowest first, what `answers` (by question key, as typed) mean.

    Yes-or-no questions are answered "yes" or "no", choices by their keys (several with commas), sums in
    10,000 yuan. A question that is not answered is named among what is to be prepared.
    """
    facts = _facts(rulebook, answers)
    return tuple(_level(rulebook, replace(facts, level=lv.key), answers) for lv in rulebook.levels)


@dataclass(frozen=True, slots=True)
class Needed:
    """A material that an application for one level takes; not `certain` where an answer is still open."""

    material: Material
    certain: bool


def needed(rulebook: Rulebook, answers: Mapping[str, str], level: str) -> tuple[Needed, ...]:
    """The materials of the notice's list for that level, by what was answered, in its order.

    What hangs on a question that nobody answered yet is listed, too, and not called certain.
    """
    case = enter(rulebook, replace(_facts(rulebook, answers), level=level))
    found = []
    for material in rulebook.materials:
        if case.holds(material.when):
            found.append(Needed(material, True))
        elif material.when is not None and case.holds(_open_parts_left_out(case, material.when)):
            found.append(Needed(material, False))
    return tuple(found)


def _open_parts_left_out(case: Case, when: When) -> When:
    """`when` without the circumstances of which nothing is known yet."""
    if not case.facts.contracts or all(c.fen for c in case.facts.contracts):
        when = replace(when, contracts=None)
    if not case.chosen:
        when = replace(when, deployments=())
    if when.field is not None and case.value(when.field) is None:
        when = replace(when, field=None, is_=())
    return when


def _level(rulebook: Rulebook, facts: Facts, answers: Mapping[str, str]) -> LevelCheck:
    case = enter(rulebook, facts)
    found = tuple(_findings(case, answers))
    return LevelCheck(level=rulebook.level(facts.level or ""), findings=found, heading=_heading(found))


def _findings(case: Case, answers: Mapping[str, str]) -> Iterator[Finding]:
    for question in case.book.questions:
        if (
            question.asks in ("answer", "deployments", "contracts")
            and not answers.get(question.key, "").strip()
        ):
            yield _unanswered(case, question)
    tracks = fast_tracks.tracks(case)
    for rule in _perhaps_asked(case):
        yield case.finding(f"condition.{rule.key}", "hint", rule.words, rule.clause, ("question",))
    for rule in conditions.asked(case):
        if _is_asked_about(case.book, rule):
            yield from conditions.one(case, rule, tracks)
        elif not isinstance(rule, OutsideCheck):  # no answer could settle it, so the demand is only told
            yield case.finding(f"condition.{rule.key}", "hint", rule.words, rule.clause, ("question",))
    yield from fast_tracks.judge(case, tracks)
    yield from _points(case, tracks)
    yield from ladder.judge(case)
    yield from _materials(case, answers)


def _points(case: Case, tracks: Sequence[fast_tracks.Track]) -> Iterator[Finding]:
    """The points where the questions ask for all that they look at; else what they ask for is only told."""
    rule = case.book.points
    if rule is None:
        return
    asked = {question.about for question in case.book.questions if question.asks == "answer"}
    looked_at = {getattr(item, name, None) for item in rule.items for name in ("field", "over")} - {None}
    if looked_at and looked_at <= asked:
        yield from points.judge(case, points.score(case), tracks)
    else:
        yield case.finding("points", "hint", rule.words, rule.clause, ("question",))


def _perhaps_asked(case: Case) -> Iterator[Condition]:
    """Conditions for circumstances that no question tells."""
    for rule in case.book.conditions:
        field = rule.when.field if rule.when else None
        is_open = field is not None and not _has_question(case.book, field)
        if is_open and case.aims_at(rule.levels) and not case.holds(rule.when):
            yield rule


def _is_asked_about(book: Rulebook, rule: Condition) -> bool:
    """Whether the questions settle this condition."""
    match rule:
        case RegisteredIn() | AnswerIs() | Judged():
            return True
        case Spend():
            return rule == _spend(book)
        case Dated():
            return _has_question(book, rule.field)
        case NumberIs():
            sums = rule.of == "spend" or rule.spend is not None
            of_question = not sums or rule.spend in (None, getattr(_spend(book), "key", None))
            return of_question and all(_has_question(book, k) for k in (rule.field, rule.over) if k)
        case AnyOf() | AllOf():
            return all(_is_asked_about(book, by_key(book.conditions, key)) for key in rule.conditions)
    return False


def _has_question(book: Rulebook, field: str) -> bool:
    return any(q.asks == "answer" and q.about == field for q in book.questions)


def _spend(book: Rulebook) -> Spend | None:
    """The sum that the questions ask about."""
    return next((c for c in book.conditions if isinstance(c, Spend)), None)


def _unanswered(case: Case, question: Question) -> Finding:
    words = UNANSWERED.fill(name=question.name)
    return case.finding(
        f"question.{question.key}", "missing", words, question.clause, ("question", question.key)
    )


def _materials(case: Case, answers: Mapping[str, str]) -> Iterator[Finding]:
    """Only materials that a question asks about, and the one that contracts may call for."""
    answered = {q.about for q in case.book.questions if q.asks == "material" and answers.get(q.key)}
    for material in case.book.materials:
        asked = answered & {s.key for s in material.slots}
        by_contract = material.when is not None and material.when.contracts is not None
        if (asked or by_contract) and case.holds(material.when):
            found = materials.demanded(case, material)
            yield from (f for f in found if by_contract or f.kind != "missing" or f.where[1] in asked)


def _heading(found: tuple[Finding, ...]) -> Text:
    obstacles = [f for f in found if f.kind == "obstacle"]
    if obstacles:
        return OBSTACLES.fill(n=len(obstacles))
    met = dict.fromkeys(
        c.ref for f in found if f.kind == "ok" and f.rule.startswith(_CONDITIONS) for c in f.clauses
    )
    if not met:
        return NOTHING_YET
    return NO_OBSTACLE.fill(clauses=join([Text(ref, ref) for ref in met]))


_CONDITIONS = ("condition.", "deployment.", "ladder.")


def _facts(rulebook: Rulebook, answers: Mapping[str, str]) -> Facts:
    """The answers as the engine's facts; an answer that makes no sense counts as none."""
    facts = Facts(deployments=frozenset())
    for question in rulebook.questions:
        typed = answers.get(question.key, "").strip()
        if typed:
            facts = _with(rulebook, facts, question, typed)
    return facts


def _with(rulebook: Rulebook, facts: Facts, question: Question, typed: str) -> Facts:
    match question.asks:
        case "authority":
            return replace(facts, authority=typed)
        case "answer":
            return replace(facts, raw={**facts.raw, str(question.about): typed})
        case "spend":
            return _with_spend(rulebook, facts, typed)
        case "deployments":
            return replace(facts, deployments=_known(typed, {d.key for d in rulebook.deployments}))
        case "contracts":
            return _with_contract(rulebook, facts, typed)
        case "material":
            state = MaterialState(files=int(typed == YES))
            return replace(facts, materials={**facts.materials, str(question.about): state})
        case "title":
            return replace(facts, titles=tuple(_known(typed, {lv.key for lv in rulebook.levels})))
        case _:
            assert_never(question.asks)


def _known(typed: str, keys: set[str]) -> frozenset[str]:
    return frozenset(part.strip() for part in typed.split(",")) & keys


def _with_spend(rulebook: Rulebook, facts: Facts, typed: str) -> Facts:
    """One event on a day of the window stands for the whole sum."""
    rule = _spend(rulebook)
    sum_ = money(typed)
    if rule is None or sum_ is None or sum_.fen <= 0:
        return facts
    on, fen = sums.a_day(rule, rulebook.issued_on), sum_.fen
    match rule.event:
        case "payment":
            return replace(facts, payments=(Event(on=on, fen=fen),))
        case "contract":
            return replace(facts, contracts=(*facts.contracts, Contract(on=on, fen=fen)))
        case _:
            return replace(facts, invoices=(Event(on=on, fen=fen),))


def _with_contract(rulebook: Rulebook, facts: Facts, typed: str) -> Facts:
    rule = _spend(rulebook)
    on = sums.a_day(rule, rulebook.issued_on) if rule else rulebook.issued_on
    told = Contract(on=on, fen=0, says_cloud=typed == YES)
    return replace(facts, contracts=(*facts.contracts, told))


_AMOUNT = Field(key="amount", label="-", label_en="-", section="-", kind="money")


def money(typed: str) -> Money | None:
    """A sum typed in 10,000 yuan, or None where it makes no sense."""
    value: Value | object = parse(_AMOUNT, typed)
    return value if isinstance(value, Money) else None
