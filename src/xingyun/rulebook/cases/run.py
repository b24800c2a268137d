"""Runs worked cases against a rulebook and shows the way through the rules."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from xingyun.rulebook import calendar, quotas
from xingyun.rulebook.book import Rulebook
from xingyun.rulebook.cases import aftercare, terms
from xingyun.rulebook.cases.compare import Outcome, differs
from xingyun.rulebook.cases.facts import facts
from xingyun.rulebook.cases.schema import (
    AnswerCase,
    ApplicationCase,
    Case,
    MomentCase,
    NoticeCase,
    PathCase,
    QuotaCase,
    SelfCheckCase,
)
from xingyun.rulebook.checks.rest import LONGEST_NOTICE
from xingyun.rulebook.engine import evaluate
from xingyun.rulebook.engine.self_check import self_check
from xingyun.rulebook.findings import Finding, Verdict
from xingyun.rulebook.form.values import FieldError
from xingyun.rulebook.text import Text


@dataclass(frozen=True, slots=True)
class Result:
    """A case run: what differs from what it expects (nothing: passed), and the way through the rules."""

    case: Case
    problems: tuple[Text, ...]
    way: tuple[Text, ...]

    @property
    def passed(self) -> bool:
        """Whether all came out as expected."""
        return not self.problems


def run(rulebook: Rulebook, case: Case) -> Result:
    """Runs one case; keys that the rulebook does not have and numbers that can't be used are problems."""
    try:
        problems, way = _RUNNERS[case.kind](rulebook, case)
    except KeyError as missing:
        problems, way = [Text(f"规则书里没有 {missing}", f"the rulebook has no {missing}")], []
    except (ValueError, ArithmeticError) as why:
        problems, way = [Text(f"例子里的数用不了：{why}", f"a number of the case can't be used: {why}")], []
    known = {clause.ref for clause in rulebook.clauses}
    problems += [Text(f"没有条款 {ref}", f"no clause {ref}") for ref in case.clause if ref not in known]
    return Result(case, tuple(problems), tuple(way))


def _application(rulebook: Rulebook, case: ApplicationCase) -> Outcome:
    verdict = evaluate(rulebook, facts(case.facts))
    found = {f"{f.kind} {f.rule}" for f in verdict.findings}
    problems = [_not_found(w, verdict) for w in case.finds if w not in found]
    problems += [Text(f"不应得到：{w}", f"found against expectation: {w}") for w in case.lacks if w in found]
    cited = {c.ref for f in verdict.findings if f"{f.kind} {f.rule}" in case.finds for c in f.clauses}
    problems += [Text(f"没有引用 {c}", f"{c} is not cited") for c in case.cites if c not in cited]
    if case.blocked_by is not None:
        blocking = {f.rule for f in verdict.blocking}
        problems += differs(Text("不能提交的原因", "blocked by"), set(case.blocked_by), blocking)
    if case.missing is not None:
        slots = {f.where[1] for f in verdict.of("missing") if f.where[0] == "material"}
        problems += differs(Text("还差的材料", "missing materials"), set(case.missing), slots)
    if case.points is not None:
        problems += differs(Text("得分", "points"), case.points, verdict.points)
    problems += _score(case, verdict)
    return problems, [step(f) for f in verdict.findings]


def _not_found(wanted: str, verdict: Verdict) -> Text:
    """What a case waits for in vain, and what came instead; a rule of another name has no finding at all."""
    rule = wanted.partition(" ")[2]
    instead = "、".join(dict.fromkeys(f.kind for f in verdict.findings if f.rule == rule))
    zh = f"这条规则得到的是 {instead}" if instead else "没有这条规则的结论，请核对代号"
    en = f"the rule's finding is {instead}" if instead else "no finding of this rule: please check its name"
    return Text(f"没有得到：{wanted}（{zh}）", f"not found: {wanted} ({en})")


def _score(case: ApplicationCase, verdict: Verdict) -> Iterator[Text]:
    score = verdict.score
    for expected, found in (
        (case.groups, score.groups if score else {}),
        (case.items, score.items if score else {}),
    ):
        for key, n in (expected or {}).items():
            yield from differs(Text(f"“{key}”得分", f"points of {key}"), n, found[key])
    if case.reached is not None:
        yield from differs(Text("得分达到的等级", "level reached"), case.reached, verdict.reached or "none")


def step(finding: Finding) -> Text:
    """One finding as one step of the way."""
    clauses = "、".join(c.ref for c in finding.clauses)
    head = f"{finding.kind:<8} {finding.rule} 〔{clauses}〕 "
    return Text(head + finding.words.zh, head + finding.words.en)


def _quota(rulebook: Rulebook, case: QuotaCase) -> Outcome:
    cap, words = quotas.places(rulebook.quota(case.quota), case.base, case.authority)
    problems = list(differs(Text("名额", "places"), case.places, cap))
    if case.left is not None:
        left = None if cap is None else max(cap - case.used, 0)
        problems += differs(Text("剩余", "left"), case.left, left)
    if case.words is not None:
        problems += differs(Text("算式", "the sum"), case.words, words.zh)
    return problems, [words]


def _path(rulebook: Rulebook, case: PathCase) -> Outcome:
    acts = [f"{a.tier} {a.kind} {a.level}" for a in rulebook.path(case.level, case.held, case.authority)]
    return list(differs(Text("办理路径", "path"), list(case.path), acts)), [Text(a, a) for a in acts]


def _moment(rulebook: Rulebook, case: MomentCase) -> Outcome:
    tz = rulebook.programme.timezone
    if case.deadline:
        end = rulebook.closes(case.deadline)
        in_time = case.now < end
    else:
        start = calendar.first_moment(case.opens or case.now.date(), tz)
        end = calendar.last_moment(case.closes or case.now.date(), tz)
        in_time = calendar.is_open(start, end, case.now)
    way = Text(f"到 {end.isoformat()} 为止（不含）", f"until {end.isoformat()}, not included")
    return list(differs(Text("是否及时", "in time"), case.in_time, in_time)), [way]


def _notice(rulebook: Rulebook, case: NoticeCase) -> Outcome:
    days = rulebook.notice.days if case.days is None else case.days
    first = rulebook.notice.first_day_counted if case.first_day_counted is None else case.first_day_counted
    if days > LONGEST_NOTICE:
        raise ValueError(days)
    ends = calendar.add_working_days(case.start, days, first_day_counted=first)
    if case.days is None and case.first_day_counted is None:
        ends = rulebook.notice_ends(case.start)
    return list(differs(Text("最后一天", "last day"), case.ends, ends)), [Text(str(ends), str(ends))]


def _answer(rulebook: Rulebook, case: AnswerCase) -> Outcome:
    parsed = rulebook.form.parse(rulebook.form.field(case.field), case.typed * case.times)
    if isinstance(parsed, FieldError):
        return list(differs(Text("错误", "error"), case.error, parsed.code)), [parsed.words]
    problems = list(differs(Text("错误", "error"), case.error, None))
    kept = rulebook.form.plain(parsed)
    if case.value is not None:
        problems += differs(Text("值", "value"), case.value, kept)
    return problems, [Text(str(kept), str(kept))]


def _self_check(rulebook: Rulebook, case: SelfCheckCase) -> Outcome:
    rulebook.level(case.level)
    check = next(c for c in self_check(rulebook, case.answers) if c.level.key == case.level)
    obstacles = {f.rule for f in check.obstacles}
    prepare = {f.rule for f in check.to_prepare}
    problems = list(differs(Text("不符的条件", "obstacles"), set(case.obstacles), obstacles))
    problems += differs(Text("要准备的", "to prepare"), set(case.prepare), prepare)
    if case.heading is not None:
        problems += differs(Text("标题", "heading"), case.heading, check.heading.zh)
    return problems, [step(f) for f in check.findings]


_RUNNERS: dict[str, Callable[[Rulebook, Any], Outcome]] = {
    "application": _application,
    "quota": _quota,
    "path": _path,
    "moment": _moment,
    "notice": _notice,
    "answer": _answer,
    "self_check": _self_check,
    **terms.RUNNERS,
    **aftercare.RUNNERS,
}
