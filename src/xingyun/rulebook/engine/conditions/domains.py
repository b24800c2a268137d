"""The rule kind `domains`: how much of the checklist is proved."""

from xingyun.rulebook.engine.case import Case
from xingyun.rulebook.engine.conditions.said import say
from xingyun.rulebook.findings import Finding
from xingyun.rulebook.schema.conditions import Domains
from xingyun.rulebook.text import Text

MET = Text("{name}：符合。", "{name}: met.")
TOO_FEW = Text(
    "{name}：有证明的 {n} 个，要求至少 {least} 个。", "{name}: {n} proved, at least {least} are needed."
)


def judge(case: Case, rule: Domains) -> Finding:
    """Whether enough domains are proved."""
    proved = {key for key, is_proved in case.facts.claims.items() if is_proved}
    checklist = case.book.checklist
    branch = checklist.branch(rule.within) if checklist and rule.within else case.book.domains
    n = sum(d.key in proved for d in branch)
    if n >= rule.at_least:
        return say(case, rule, "ok", MET.fill(name=rule.name), ("checklist",))
    words = TOO_FEW.fill(name=rule.name, n=n, least=rule.at_least)
    return say(case, rule, rule.otherwise, words, ("checklist",))
