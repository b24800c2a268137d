"""How contracts, invoices and payments are entered, changed and taken out: three kinds of row, one way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from xingyun import clock
from xingyun.applications import actions
from xingyun.applications.models import Application
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.evidence.models import Dossier
from xingyun.evidence.queries import contracts, invoices, payments
from xingyun.rounds.queries import rulebook_of
from xingyun.web import answers
from xingyun.web.enterprise import ledger_forms
from xingyun.web.enterprise.mine import mine
from xingyun.web.enterprise.places import at
from xingyun.web.enterprise.readings import Offer, asked_for, prefilled
from xingyun.web.enterprise.space import around, work_of
from xingyun.web.guards import ActorRequest, require_enterprise

FORM = "enterprise/ledger_form.html"
Asks = Callable[[Application, Any], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of row: its rows, its form with what that asks for, how it is written, its words."""

    name: str
    rows: Callable[[Dossier], QuerySet[Any]]
    form: type[forms.Form]
    asks: Asks
    shown: Callable[[Any], Mapping[str, Any]]
    record: Callable[..., Any]
    change: Callable[..., Any]
    remove: Callable[..., None]
    new: Any
    old: Any
    gone: Any


def _book(application: Application, _row: Any) -> dict[str, Any]:
    return {"book": rulebook_of(application.edition)}


def _contracts(application: Application, _row: Any) -> dict[str, Any]:
    return {"contracts": contracts(application.dossier)}


def _invoices(application: Application, row: Any) -> dict[str, Any]:
    """A red-letter invoice takes back another one that stands in the ledger."""
    others = [i for i in invoices(application.dossier) if i.gross_fen > 0 and i != row]
    return {**_contracts(application, row), "originals": others}


CONTRACT = Kind(
    "contract",
    contracts,
    ledger_forms.ContractForm,
    _book,
    ledger_forms.of_contract,
    actions.record_contract,
    actions.change_contract,
    actions.remove_contract,
    gettext_lazy("录入合同"),
    gettext_lazy("修改合同"),
    gettext_lazy("合同 %(number)s 已移出台账，它的发票和付款还在。"),
)
INVOICE = Kind(
    "invoice",
    invoices,
    ledger_forms.InvoiceForm,
    _invoices,
    ledger_forms.of_invoice,
    actions.record_invoice,
    actions.change_invoice,
    actions.remove_invoice,
    gettext_lazy("录入发票"),
    gettext_lazy("修改发票"),
    gettext_lazy("发票 %(number)s 已移出台账。"),
)
PAYMENT = Kind(
    "payment",
    payments,
    ledger_forms.PaymentForm,
    _contracts,
    ledger_forms.of_payment,
    actions.record_payment,
    actions.change_payment,
    actions.remove_payment,
    gettext_lazy("录入付款"),
    gettext_lazy("修改付款"),
    gettext_lazy("付款 %(number)s 已移出台账。"),
)


@require_http_methods(["GET", "HEAD", "POST"])
@require_enterprise
def enter(request: ActorRequest, uid: UUID, kind: Kind, row: UUID | None = None) -> HttpResponse:
    """Enter a row, or change one; a refusal stands beside its field.

    A new one begins with what was read from the file that the address names.
    """
    application = mine(request, uid)
    known = _found(kind, application, row) if row else None
    read = None if known else _read(request, uid, kind)
    form = kind.form(
        request.POST if request.method == "POST" else None,
        initial=dict(kind.shown(known)) if known else _begun(request, application, kind, read),
        **kind.asks(application, known),
    )
    if request.method == "POST" and form.is_valid():
        kept = _kept(request, application, kind, known, form)
        if kept is not None:
            return _next(request, application, kept)
    heading = kind.old if known else kind.new
    context: dict[str, Any] = {
        **around(application, "form", None),
        "form": form,
        "heading": heading,
        "read": read,
    }
    return answers.page(request, FORM, context, status=422 if form.errors else 200)


def _read(request: ActorRequest, uid: UUID, kind: Kind) -> Offer | None:
    """What was read from the file that the address names."""
    file = request.GET.get("file", "")
    return asked_for(work_of(request, uid), file, request.GET.get("n", ""), kind.name) if file else None


def _begun(request: ActorRequest, application: Application, kind: Kind, read: Offer | None) -> dict[str, Any]:
    """What a new row begins with."""
    if read is not None and kind.name != "payment":
        return prefilled(kind.name, read.piece, application.enterprise.name)
    return {"contract": request.GET.get("contract", "")}


def _next(request: ActorRequest, application: Application, row: Any) -> HttpResponse:
    """What was explained is proved next; else back to the ledger."""
    if getattr(row, "odd", None):
        said = _("已记入台账。请选证明这一情况的页。")
        return answers.done(request, said, at("application_row_proof", application, row.uid))
    return answers.done(request, _("已记入台账。"), at("application_ledger", application))


def _kept(request: ActorRequest, application: Application, kind: Kind, known: Any, form: Any) -> Any:
    """The row as written, or None: what speaks against it is added to the form."""
    given = {"application": application, "data": form.data_of(), "actor": request.actor, "now": clock.now()}
    try:
        return kind.change(**{kind.name: known}, **given) if known else kind.record(**given)
    except NotAllowed:
        raise
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return None


@require_POST
@require_enterprise
def remove(request: ActorRequest, uid: UUID, kind: Kind, row: UUID) -> HttpResponse:
    """Take a row out."""
    application = mine(request, uid)
    known = _found(kind, application, row)
    kind.remove(**{kind.name: known}, application=application, actor=request.actor, now=clock.now())
    done = str(kind.gone) % {"number": known.number}
    return answers.done(request, done, at("application_ledger", application))


def _found(kind: Kind, application: Application, uid: UUID) -> Any:
    """The row of this public id in one's own ledger."""
    found = kind.rows(application.dossier).filter(uid=uid).first()
    if found is None:
        raise NotAllowed("")
    return found
