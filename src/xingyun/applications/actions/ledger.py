"""Contracts, invoices and payments of an application: entered into its dossier, recorded in its stream."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils.translation import gettext as _

from xingyun.applications.actions.checking import have_checked
from xingyun.applications.actions.editing import Edit, editing
from xingyun.applications.models import Application
from xingyun.audit.errors import NotAllowed
from xingyun.clock import calendar_day
from xingyun.evidence import actions as evidence
from xingyun.evidence.actions import ContractData, InvoiceData, PaymentData
from xingyun.evidence.models import Contract, Invoice, Payment
from xingyun.evidence.queries import ledger
from xingyun.registry.actors import Actor
from xingyun.rounds.queries import rulebook_of


def record_contract(*, application: Application, data: ContractData, actor: Actor, now: datetime) -> Contract:
    """Enter a contract. Raises Refused with `field`."""
    with _entering(application, "contract.recorded", actor, now) as edit:
        made = evidence.record_contract(dossier=edit.application.dossier, data=data, now=now)
        edit.say(contract=str(made.uid))
    return made


def change_contract(
    *, application: Application, contract: Contract, data: ContractData, actor: Actor, now: datetime
) -> Contract:
    """Put these values in the place of the old ones."""
    with _entering(application, "contract.changed", actor, now, contract) as edit:
        edit.say(contract=str(contract.uid))
        return evidence.change_contract(contract=contract, data=data, now=now)


def remove_contract(*, application: Application, contract: Contract, actor: Actor, now: datetime) -> None:
    """Take a contract out; its invoices stay."""
    with _entering(application, "contract.removed", actor, now, contract) as edit:
        evidence.remove_contract(contract=contract, now=now)
        edit.say(contract=str(contract.uid))


def record_invoice(*, application: Application, data: InvoiceData, actor: Actor, now: datetime) -> Invoice:
    """Enter an invoice. Raises Refused with `field`."""
    with _entering(application, "invoice.recorded", actor, now) as edit:
        made = evidence.record_invoice(dossier=edit.application.dossier, data=data, now=now)
        edit.say(invoice=str(made.uid))
    return made


def change_invoice(
    *, application: Application, invoice: Invoice, data: InvoiceData, actor: Actor, now: datetime
) -> Invoice:
    """Put these values in the place of the old ones."""
    with _entering(application, "invoice.changed", actor, now, invoice) as edit:
        edit.say(invoice=str(invoice.uid))
        return evidence.change_invoice(invoice=invoice, data=data, now=now)


def remove_invoice(*, application: Application, invoice: Invoice, actor: Actor, now: datetime) -> None:
    """Take an invoice out."""
    with _entering(application, "invoice.removed", actor, now, invoice) as edit:
        evidence.remove_invoice(invoice=invoice, now=now)
        edit.say(invoice=str(invoice.uid))


def record_payment(*, application: Application, data: PaymentData, actor: Actor, now: datetime) -> Payment:
    """Enter a payment. Raises Refused with `field`."""
    with _entering(application, "payment.recorded", actor, now) as edit:
        made = evidence.record_payment(dossier=edit.application.dossier, data=data, now=now)
        edit.say(payment=str(made.uid))
    return made


def change_payment(
    *, application: Application, payment: Payment, data: PaymentData, actor: Actor, now: datetime
) -> Payment:
    """Put these values in the place of the old ones."""
    with _entering(application, "payment.changed", actor, now, payment) as edit:
        edit.say(payment=str(payment.uid))
        return evidence.change_payment(payment=payment, data=data, now=now)


def remove_payment(*, application: Application, payment: Payment, actor: Actor, now: datetime) -> None:
    """Take a payment out."""
    with _entering(application, "payment.removed", actor, now, payment) as edit:
        evidence.remove_payment(payment=payment, now=now)
        edit.say(payment=str(payment.uid))


def state_audited_total(*, application: Application, fen: int | None, actor: Actor, now: datetime) -> None:
    """Keep what the audit report of the spend comes to; None: there is none. Raises Refused."""
    with _entering(application, "ledger.audited", actor, now) as edit:
        evidence.state_audited_total(dossier=edit.application.dossier, fen=fen)


Row = Contract | Invoice | Payment


@contextmanager
def _entering(
    application: Application, act: str, actor: Actor, now: datetime, row: Row | None = None
) -> Iterator[Edit]:
    """Change the ledger, then bring the counted sum up to date."""
    with editing(application=application, act=act, places=("ledger",), actor=actor, now=now) as edit:
        held = edit.application
        if row is not None and row.dossier_id != held.dossier_id:
            raise NotAllowed(_("台账里没有这一条。"))
        yield edit
        have_checked(application=held, now=now)
        today = calendar_day(now)
        edit.columns["spend_fen"] = ledger(held.dossier, rulebook_of(held.edition), today).counted_fen
