"""The ledger: what contracts, invoices and payments come to, what does not count and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from xingyun import clock
from xingyun.applications.queries import Workspace
from xingyun.evidence.models import Contract, Invoice, Payment
from xingyun.evidence.queries import Uncounted, spend_rule
from xingyun.web import answers
from xingyun.web.confirmations import standings
from xingyun.web.enterprise.missing import panel
from xingyun.web.enterprise.space import around, work_of
from xingyun.web.enterprise.toc import toc
from xingyun.web.guards import ActorRequest, require_enterprise
from xingyun.web.oddities import kinds

PAGE = "enterprise/ledger.html"


@dataclass(frozen=True, slots=True)
class Lines:
    """A contract (or none) with what belongs to it; of each row, why it does not count, if so."""

    contract: Contract | None
    why: Uncounted | None
    invoices: tuple[tuple[Invoice, Uncounted | None], ...]
    payments: tuple[tuple[Payment, Uncounted | None], ...]


@require_safe
@require_enterprise
def ledger(request: ActorRequest, uid: UUID) -> HttpResponse:
    """The ledger. Payments are asked for where the rulebook counts them."""
    work = work_of(request, uid)
    rule = spend_rule(work.rulebook)
    context = {
        **around(work.application, "form", work.window),
        "lines": list(lines(work)),
        "ledger": work.ledger,
        "row_pages": work.row_pages,
        "oddities": kinds,
        "confirmed": standings(work.ledger, work.rulebook, clock.now()),
        "rule": rule,
        "counts": rule.event if rule else "invoice",
        "deployments": {d.key: d for d in work.rulebook.deployments},
        "groups": toc(work),
        **panel(work)._asdict(),
        "editable": work.may_change("ledger"),
        "book": work.rulebook,
    }
    return answers.page(request, PAGE, context)


def lines(work: Workspace) -> Iterator[Lines]:
    """The ledger by contract; what belongs to none comes last."""
    why = {line.row.uid: line for line in work.ledger.uncounted}

    def of(contract: Contract | None) -> Lines:
        key = contract.pk if contract else None
        return Lines(
            contract,
            why.get(contract.uid) if contract else None,
            tuple((i, why.get(i.uid)) for i in work.ledger.invoices if i.contract_id == key),
            tuple((p, why.get(p.uid)) for p in work.ledger.payments if p.contract_id == key),
        )

    yield from map(of, work.ledger.contracts)
    rest = of(None)
    if rest.invoices or rest.payments:
        yield rest
