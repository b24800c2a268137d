"""Members of certain lists are spared a condition."""

from dataclasses import replace

from xingyun.rulebook.book import by_key
from xingyun.rulebook.engine.case import Case
from xingyun.rulebook.findings import Finding
from xingyun.rulebook.schema.conditions import Condition
from xingyun.rulebook.text import Text, join

WAIVED = Text("{name}：列入“{list}”，免除这一条。", "{name}: waived for those on “{list}”.")
UNSEEN = Text(
    "列入“{lists}”的不受这一条限制，由工作人员核对，不影响提交。",
    "Those on “{lists}” are spared this; the officers look, and you can submit.",
)


def waived(case: Case, rule: Condition) -> tuple[Finding, ...]:
    """That the condition is not asked, with the clauses of both; empty where it is."""
    key = next((key for key in rule.waived_for if key in case.facts.members), None)
    if key is None:
        return ()
    listed = by_key(case.book.lists, key)
    words = WAIVED.fill(name=rule.name, list=listed.name)
    clauses = tuple(dict.fromkeys((*rule.clause, *listed.clause)))
    return (case.finding(f"condition.{rule.key}", "ok", words, clauses, ("offices",)),)


def perhaps_waived(case: Case, rule: Condition, said: Finding) -> Finding:
    """What would stop the applicant is left to the officers while nobody has looked into the lists."""
    unseen = [by_key(case.book.lists, key).name for key in rule.waived_for if key in case.facts.unseen]
    if not unseen or said.kind not in ("missing", "obstacle"):
        return said
    return replace(said, kind="judge", remedy=UNSEEN.fill(lists=join(unseen, "”“", "”, “")), blocks=False)
