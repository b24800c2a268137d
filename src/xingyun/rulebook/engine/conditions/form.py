"""Conditions on what the form says, and on where the applicant is registered."""

from collections.abc import Iterator

from xingyun.rulebook.engine.case import Case
from xingyun.rulebook.engine.conditions.said import fact, say
from xingyun.rulebook.findings import Finding
from xingyun.rulebook.schema.conditions import AnswerIs, RegisteredIn
from xingyun.rulebook.text import EMPTY, Text, join

MET = Text("{name}：符合。", "{name}: met.")
REGISTERED = Text("{name}：{place}。", "{name}: {place}.")
NO_AUTHORITY = Text("还没有选择注册地所在区县。", "The place of registration is not chosen yet.")
ELSEWHERE = Text("注册地不在{area}。", "Not registered in {area}.")
APPLY_THERE = Text("请向注册地的主管部门申报。", "Please apply where you are registered.")
OTHER_OFFICE = Text(
    "代码第 3–8 位是 {digits}，登记机关不在本地；以营业执照的住所为准，请受理人员核对。",
    "Signs 3–8 of the code are {digits}, an office elsewhere; the licence's address decides.",
)
NOT_ACCEPTED = Text("{name}：回答是“{answer}”。", "{name}: the answer is “{answer}”.")
NEEDED = Text("要求的回答是：{accepted}。", "The answer asked for is: {accepted}.")


def registered(case: Case, rule: RegisteredIn) -> Iterator[Finding]:
    """Whether the place of registration is one of the authorities'."""
    where = ("registration",)
    known = {a.key: a for a in case.book.authorities}
    here = known.get(case.facts.authority or "")
    if here:
        yield say(case, rule, "ok", REGISTERED.fill(name=rule.name, place=here.name), where)
    elif case.facts.authority:
        area = Text(case.book.programme.area, case.book.programme.area_en)
        yield say(case, rule, "obstacle", ELSEWHERE.fill(area=area), where, APPLY_THERE)
    else:
        yield say(case, rule, "missing", NO_AUTHORITY, where)
    code = str(case.role("uscc") or "")
    if code and rule.usual_prefixes and not code[2:].startswith(rule.usual_prefixes):
        yield say(case, rule, "hint", OTHER_OFFICE.fill(digits=code[2:8]), where)


def answer(case: Case, rule: AnswerIs) -> Iterator[Finding]:
    """A field without an answer is the form's business."""
    given = case.value(rule.field)
    if given is None:
        return
    field, where = case.book.form.field(rule.field), ("form", rule.field)
    shown = Text(*(case.book.form.display(field, given, lang) for lang in ("zh", "en")))
    facts = (fact(field.name, shown),)
    if any(str(one) in rule.accepted for one in (given if isinstance(given, tuple) else (given,))):
        yield say(case, rule, "ok", MET.fill(name=rule.name), where, EMPTY, facts)
        return
    names = [o.name for o in field.options if o.key in rule.accepted]
    remedy = NEEDED.fill(accepted=join(names or [Text(a, a) for a in rule.accepted]))
    words = NOT_ACCEPTED.fill(name=rule.name, answer=shown)
    yield say(case, rule, rule.otherwise, words, where, remedy, facts)
