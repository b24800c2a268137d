"""Runs the cases of what follows an award."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from xingyun.rulebook.book import Rulebook, by_key
from xingyun.rulebook.cases.aftercare_schema import SubsidyCase, TitleCase
from xingyun.rulebook.cases.compare import Outcome, differs
from xingyun.rulebook.engine.subsidies import Claim, Paid, Won, payable
from xingyun.rulebook.engine.titles import History, Listing, Recheck, standing
from xingyun.rulebook.facts import Contract, Event, Facts
from xingyun.rulebook.text import Text


def _title(rulebook: Rulebook, case: TitleCase) -> Outcome:
    rulebook.level(case.level)
    history = History(
        level=case.level,
        awarded_on=case.awarded_on,
        rechecks=tuple(Recheck(r.on, r.met) for r in case.rechecks),
        confirmations=case.confirmations,
        lists=tuple(Listing(one.on, one.listed) for one in case.lists),
        cancelled_on=case.cancelled_on,
    )
    found = standing(rulebook, history, case.on)
    problems = list(differs(Text("称号状态", "state"), case.state, found.state))
    if case.now is not None:
        problems += differs(Text("等级", "level"), case.now, found.level or "none")
    if case.until is not None:
        problems += differs(Text("最后一天", "last day"), case.until, found.until or "open")
    return problems, [found.words]


def _subsidy(rulebook: Rulebook, case: SubsidyCase) -> Outcome:
    claim = Claim(
        titles=tuple(Won(t.level, t.awarded_on) for t in case.titles),
        authority=case.authority,
        paid=tuple(Paid(p.level, int(p.yuan * 100)) for p in case.paid),
        facts=_spent(case),
    )
    found = payable(rulebook, by_key(rulebook.subsidies, case.subsidy), claim)
    return list(differs(Text("金额（元）", "yuan"), case.yuan, Fraction(found.fen, 100))), [found.words]


def _spent(case: SubsidyCase) -> Facts:
    """The sum as an event of every sort: the condition looks at the one that it counts."""
    if case.spent_yuan is None or case.spent_on is None:
        return Facts()
    fen = int(case.spent_yuan * 100)
    event = Event(on=case.spent_on, fen=fen)
    contract = Contract(on=case.spent_on, fen=fen)
    return Facts(invoices=(event,), payments=(event,), contracts=(contract,), day=case.spent_on)


RUNNERS: Mapping[str, Callable[[Rulebook, Any], Outcome]] = {"title": _title, "subsidy": _subsidy}
