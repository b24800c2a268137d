"""Members of certain lists are spared a condition."""

from xingyun.rulebook.book import by_key
from xingyun.rulebook.engine.case import Case
from xingyun.rulebook.findings import Finding
from xingyun.rulebook.schema.conditions import Condition
from xingyun.rulebook.text import Text

WAIVED = Text("{name}：列入“{list}”，免除这一条。", "{name}: waived for those on “{list}”.")


def waived(case: Case, rule: Condition) -> tuple[Finding, ...]:
    """That the condition is not asked, with the clauses of both; empty where it is."""
    key = next((key for key in rule.waived_for if key in case.facts.members), None)
    if key is None:
        return ()
    listed = by_key(case.book.lists, key)
    words = WAIVED.fill(name=rule.name, list=listed.name)
    clauses = tuple(dict.fromkeys((*rule.clause, *listed.clause)))
    return (case.finding(f"condition.{rule.key}", "ok", words, clauses, ("offices",)),)
