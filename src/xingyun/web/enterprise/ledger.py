"""Contracts and invoices: what they come to, what does not count and why, and how they are entered."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xingyun import clock
from xingyun.applications import actions
from xingyun.applications.models import Application
from xingyun.applications.queries import Workspace
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.evidence.models import Contract, Invoice
from xingyun.evidence.queries import Uncounted, contracts, invoices, spend_rule
from xingyun.rounds.queries import rulebook_of
from xingyun.web import answers
from xingyun.web.enterprise.ledger_forms import ContractForm, InvoiceForm, of_contract, of_invoice
from xingyun.web.enterprise.mine import mine
from xingyun.web.enterprise.missing import missing
from xingyun.web.enterprise.places import at
from xingyun.web.enterprise.space import around, work_of
from xingyun.web.enterprise.toc import toc
from xingyun.web.guards import ActorRequest, require_enterprise

PAGE = "enterprise/ledger.html"
FORM = "enterprise/ledger_form.html"


@dataclass(frozen=True, slots=True)
class Lines:
    """A contract (or none) with its invoices; of each invoice, why it does not count, if so."""

    contract: Contract | None
    invoices: tuple[tuple[Invoice, Uncounted | None], ...]


@require_safe
@require_enterprise
def ledger(request: ActorRequest, uid: UUID) -> HttpResponse:
    """The ledger."""
    work = work_of(request, uid)
    context = {
        **around(work.application, "form", work.window),
        "lines": lines(work),
        "ledger": work.ledger,
        "rule": spend_rule(work.rulebook),
        "deployments": {d.key: d for d in work.rulebook.deployments},
        "groups": toc(work),
        "missing": missing(work),
        "editable": work.may_change("ledger"),
        "book": work.rulebook,
    }
    return answers.page(request, PAGE, context)


def lines(work: Workspace) -> list[Lines]:
    """The ledger by contract; invoices without one come last."""
    why = {line.invoice.pk: line for line in work.ledger.uncounted}
    by_contract: dict[int | None, list[tuple[Invoice, Uncounted | None]]] = {}
    for invoice in work.ledger.invoices:
        by_contract.setdefault(invoice.contract_id, []).append((invoice, why.get(invoice.pk)))
    found = [Lines(c, tuple(by_contract.pop(c.pk, []))) for c in work.ledger.contracts]
    rest = tuple(pair for pairs in by_contract.values() for pair in pairs)
    return [*found, Lines(None, rest)] if rest else found


@require_http_methods(["GET", "HEAD", "POST"])
@require_enterprise
def contract(request: ActorRequest, uid: UUID, row: UUID | None = None) -> HttpResponse:
    """Enter a contract, or change one."""
    application = mine(request, uid)
    known = _found(contracts(application.dossier), row) if row else None
    form = ContractForm(
        request.POST if request.method == "POST" else None,
        initial=of_contract(known) if known else None,
        book=rulebook_of(application.edition),
    )

    def keep() -> None:
        more: dict[str, Any] = {"data": form.data_of(), "actor": request.actor, "now": clock.now()}
        if known:
            actions.change_contract(application=application, contract=known, **more)
        else:
            actions.record_contract(application=application, **more)

    title = _("修改合同") if known else _("录入合同")
    return _answer(request, application, form, keep, title)


@require_http_methods(["GET", "HEAD", "POST"])
@require_enterprise
def invoice(request: ActorRequest, uid: UUID, row: UUID | None = None) -> HttpResponse:
    """Enter an invoice, or change one."""
    application = mine(request, uid)
    known = _found(invoices(application.dossier), row) if row else None
    form = InvoiceForm(
        request.POST if request.method == "POST" else None,
        initial=of_invoice(known) if known else {"contract": request.GET.get("contract", "")},
        contracts=contracts(application.dossier),
    )

    def keep() -> None:
        more: dict[str, Any] = {"data": form.data_of(), "actor": request.actor, "now": clock.now()}
        if known:
            actions.change_invoice(application=application, invoice=known, **more)
        else:
            actions.record_invoice(application=application, **more)

    title = _("修改发票") if known else _("录入发票")
    return _answer(request, application, form, keep, title)


def _answer(
    request: ActorRequest,
    application: Application,
    form: forms.Form,
    keep: Callable[[], None],
    title: str,
) -> HttpResponse:
    """The form, or what became of it; a refusal stands beside its field."""
    if request.method == "POST" and form.is_valid():
        try:
            keep()
        except Refused as refused:
            if isinstance(refused, NotAllowed):
                raise
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        else:
            again = "more" in request.POST
            to = request.path if again else at("application_ledger", application)
            return answers.done(request, _("已记入台账。"), to)
    context: dict[str, Any] = {**around(application, "form", None), "form": form, "heading": title}
    return answers.page(request, FORM, context, status=422 if form.errors else 200)


@require_POST
@require_enterprise
def remove_contract(request: ActorRequest, uid: UUID, row: UUID) -> HttpResponse:
    """Take a contract out."""
    application = mine(request, uid)
    known = _found(contracts(application.dossier), row)
    actions.remove_contract(application=application, contract=known, actor=request.actor, now=clock.now())
    done = _("合同 %(number)s 已移出台账，它的发票还在。") % {"number": known.number}
    return answers.done(request, done, at("application_ledger", application))


@require_POST
@require_enterprise
def remove_invoice(request: ActorRequest, uid: UUID, row: UUID) -> HttpResponse:
    """Take an invoice out."""
    application = mine(request, uid)
    known = _found(invoices(application.dossier), row)
    actions.remove_invoice(application=application, invoice=known, actor=request.actor, now=clock.now())
    done = _("发票 %(number)s 已移出台账。") % {"number": known.number}
    return answers.done(request, done, at("application_ledger", application))


def _found(rows: Any, uid: UUID | None) -> Any:
    """The row of this public id in one's own ledger."""
    found = rows.filter(uid=uid).first()
    if found is None:
        raise NotAllowed("")
    return found
