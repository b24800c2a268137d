"""Counting proved domains on the tree of the checklist."""

from collections.abc import Collection

from xingyun.rulebook.schema.checklist import Category, Checklist, Domain, Subcategory
from xingyun.rulebook.schema.conditions import Domains

Branch = tuple[Domain, ...]


def counted(checklist: Checklist | None, rule: Domains) -> tuple[Branch, ...]:
    """What `at_least` counts: single domains, or the branches that the rule asks about."""
    if checklist is None:
        return ()
    if rule.in_branches is not None:
        return tuple(group.domains for group in _groups(checklist, rule))
    inside = checklist.branch(rule.within) if rule.within else checklist.domains
    return tuple((domain,) for domain in inside)


def _groups(checklist: Checklist, rule: Domains) -> tuple[Category | Subcategory, ...]:
    inside = [c for c in checklist.categories if rule.within in (None, c.key)]
    if rule.in_branches == "category":
        return tuple(inside)
    return tuple(s for c in inside for s in c.subcategories)


def reached(rule: Domains, branches: Collection[Branch], proved: Collection[str]) -> int:
    """In how many of the branches enough domains are proved."""
    each = 1 if rule.in_branches is None else rule.each
    return sum(sum(d.key in proved for d in branch) >= each for branch in branches)


def named(checklist: Checklist | None, rule: Domains) -> Branch:
    """Every domain that `all_of` asks for, once, in the order of the checklist."""
    if checklist is None:
        return ()
    wanted = {d.key for key in rule.all_of for d in checklist.branch(key)}
    return tuple(d for d in checklist.domains if d.key in wanted)
