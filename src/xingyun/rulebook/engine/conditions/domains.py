"""The rule kind `domains`: how much of the checklist is proved."""

from xingyun.rulebook.engine import tree
from xingyun.rulebook.engine.case import Case
from xingyun.rulebook.engine.conditions.said import fact, say
from xingyun.rulebook.findings import Finding
from xingyun.rulebook.schema.conditions import Domains
from xingyun.rulebook.text import EMPTY, Text, join

MET = Text("{name}：符合。", "{name}: met.")
TOO_FEW = Text(
    "{name}：有证明的 {n} 个，要求至少 {least} 个。", "{name}: {n} proved, at least {least} are needed."
)
TOO_FEW_BRANCHES = Text(
    "{name}：有 {each} 个以上有证明的{what} {n} 个，要求至少 {least} 个。",
    "{name}: {each} or more proved in {n} {what}, in at least {least} are needed.",
)
LACKING = Text("{name}：还没有证明的有{domains}。", "{name}: not proved yet: {domains}.")
PROVE = Text("请证明{domains}。", "Please prove {domains}.")
MORE = Text("还差 {n} 个。", "{n} more are needed.")
BRANCHES = {"subcategory": Text("子类", "subcategories"), "category": Text("大类", "categories")}
PROVED = Text("有证明的域", "Domains proved")
PLACE = ("checklist",)


def judge(case: Case, rule: Domains) -> Finding:
    """Whether certain domains are proved, and enough of them."""
    proved = {key for key, is_proved in case.facts.claims.items() if is_proved}
    lacking = [d for d in tree.named(case.book.checklist, rule) if d.key not in proved]
    branches = tree.counted(case.book.checklist, rule)
    n = tree.reached(rule, branches, proved)
    facts = [fact(PROVED, sum(d.key in proved for d in case.book.domains))]
    if lacking:
        domains = join([d.name for d in lacking])
        words, remedy = LACKING.fill(name=rule.name, domains=domains), PROVE.fill(domains=domains)
    elif n < rule.at_least:
        words, remedy = _too_few(rule, n), MORE.fill(n=rule.at_least - n)
    else:
        return say(case, rule, "ok", MET.fill(name=rule.name), PLACE, EMPTY, facts)
    return say(case, rule, rule.otherwise, words, PLACE, remedy, facts)


def _too_few(rule: Domains, n: int) -> Text:
    if rule.in_branches is None:
        return TOO_FEW.fill(name=rule.name, n=n, least=rule.at_least)
    return TOO_FEW_BRANCHES.fill(
        name=rule.name, n=n, least=rule.at_least, each=rule.each, what=BRANCHES[rule.in_branches]
    )
