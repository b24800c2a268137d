"""The conditions of applying, one function a rule kind."""

from collections.abc import Iterator

from xingyun.rulebook.engine import spend
from xingyun.rulebook.engine.case import Case
from xingyun.rulebook.findings import Finding, Kind, Place
from xingyun.rulebook.schema.conditions import (
    AnswerIs,
    Condition,
    Domains,
    Judged,
    OutsideCheck,
    RegisteredIn,
    Spend,
)
from xingyun.rulebook.text import EMPTY, Text

MET = Text("{name}：符合。", "{name}: met.")
REGISTERED = Text("{name}：{place}。", "{name}: {place}.")
NO_AUTHORITY = Text("还没有选择注册地所在区县。", "The place of registration is not chosen yet.")
ELSEWHERE = Text("注册地不在{area}。", "Not registered in {area}.")
OTHER_OFFICE = Text(
    "代码第 3–8 位是 {digits}，登记机关不在本地；以营业执照的住所为准，请受理人员核对。",
    "Signs 3–8 of the code are {digits}, an office elsewhere; the licence's address decides.",
)
NOT_ACCEPTED = Text("{name}：回答是“{answer}”。", "{name}: the answer is “{answer}”.")
UNCHECKED = Text("{name}：由工作人员核对（{source}）。", "{name}: checked by the officers ({source}).")
LISTED = Text("{name}：{source}查到记录。", "{name}: an entry was found in {source}.")
CLEAR = Text("{name}：{source}没有记录。", "{name}: no entry in {source}.")
TOO_FEW = Text(
    "{name}：有证明的 {n} 个，要求至少 {least} 个。", "{name}: {n} proved, at least {least} are needed."
)


def judge(case: Case) -> Iterator[Finding]:
    """What every condition that holds for the levels aimed at has to say."""
    for rule in case.book.conditions:
        if case.aims_at(rule.levels):
            yield from one(case, rule)


def one(case: Case, rule: Condition) -> Iterator[Finding]:
    """What one condition has to say."""
    match rule:
        case RegisteredIn():
            yield from _registered(case, rule)
        case AnswerIs():
            yield from _answer(case, rule)
        case OutsideCheck():
            yield _outside(case, rule)
        case Spend():
            yield from spend.judge(case, rule)
        case Domains():
            yield _domains(case, rule)
        case Judged():
            yield _say(case, rule, "judge", rule.words, ("offices",))


def _say(case: Case, rule: Condition, kind: Kind, words: Text, where: Place) -> Finding:
    stops = kind in ("missing", "obstacle", "wrong") and rule.stops_submission
    remedy = EMPTY if kind in ("ok", "hint") else rule.mend
    return case.finding(f"condition.{rule.key}", kind, words, rule.clause, where, remedy, stops)


def _registered(case: Case, rule: RegisteredIn) -> Iterator[Finding]:
    where = ("registration",)
    known = {a.key: a for a in case.book.authorities}
    here = known.get(case.facts.authority or "")
    if here:
        yield _say(case, rule, "ok", REGISTERED.fill(name=rule.name, place=here.name), where)
    elif case.facts.authority:
        area = Text(case.book.programme.area, case.book.programme.area_en)
        yield _say(case, rule, "obstacle", ELSEWHERE.fill(area=area), where)
    else:
        yield _say(case, rule, "missing", NO_AUTHORITY, where)
    code = str(case.role("uscc") or "")
    if code and rule.usual_prefixes and not code[2:].startswith(rule.usual_prefixes):
        yield _say(case, rule, "hint", OTHER_OFFICE.fill(digits=code[2:8]), where)


def _answer(case: Case, rule: AnswerIs) -> Iterator[Finding]:
    """A field without an answer is the form's business."""
    answer = case.value(rule.field)
    if answer is None:
        return
    given = answer if isinstance(answer, tuple) else (answer,)
    where = ("form", rule.field)
    if any(str(choice) in rule.accepted for choice in given):
        yield _say(case, rule, "ok", MET.fill(name=rule.name), where)
        return
    field = case.book.form.field(rule.field)
    shown = Text(*(case.book.form.display(field, answer, lang) for lang in ("zh", "en")))
    yield _say(case, rule, rule.otherwise, NOT_ACCEPTED.fill(name=rule.name, answer=shown), where)


def _outside(case: Case, rule: OutsideCheck) -> Finding:
    said, kind = _looked_up(case, rule)
    source = Text(rule.source, rule.source_en)
    return _say(case, rule, kind, said.fill(name=rule.name, source=source), ("offices",))


def _looked_up(case: Case, rule: OutsideCheck) -> tuple[Text, Kind]:
    found = case.facts.outside.get(rule.key)
    if found is None:
        return UNCHECKED, "hint"
    return (CLEAR, "ok") if found == "clear" else (LISTED, rule.otherwise)


def _domains(case: Case, rule: Domains) -> Finding:
    proved = {key for key, is_proved in case.facts.claims.items() if is_proved}
    checklist = case.book.checklist
    branch = checklist.branch(rule.within) if checklist and rule.within else case.book.domains
    n = sum(d.key in proved for d in branch)
    if n >= rule.at_least:
        return _say(case, rule, "ok", MET.fill(name=rule.name), ("checklist",))
    words = TOO_FEW.fill(name=rule.name, n=n, least=rule.at_least)
    return _say(case, rule, rule.otherwise, words, ("checklist",))
