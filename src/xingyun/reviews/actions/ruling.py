"""Odd rows of the ledger: the office rules how much of each counts, and the sums follow (decision 11)."""

import hashlib
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from xingyun.applications.actions import recount
from xingyun.applications.models import Application
from xingyun.applications.queries import get, handed_in_ledger
from xingyun.audit import actions as audit
from xingyun.audit.errors import NotAllowed
from xingyun.evidence import actions as evidence
from xingyun.evidence.models import Ruling
from xingyun.registry.actors import Actor
from xingyun.reviews.actions.holding import hold
from xingyun.reviews.actions.telling import tell_applicant
from xingyun.reviews.permissions import may_rule, undecided
from xingyun.reviews.queries.sheets import wan
from xingyun.reviews.queries.standing import standing


def rule_row(
    *,
    application: Application,
    row: UUID,
    fen: int,
    reason: str,
    seen: int | None,
    actor: Actor,
    now: datetime,
) -> Ruling:
    """Rule how much (fen, with tax; 0: nothing) of a row counts, as it was handed in.

    `seen` is the ruling that the page showed before, if any. Raises NotAllowed, Refused with `field`,
    Conflict.
    """
    get(actor, application.uid)
    with transaction.atomic():
        held = hold(application)
        may_rule(actor, held)
        undecided(standing(held))
        found = next((one for one in handed_in_ledger(held).odd if one.uid == row), None)
        if found is None:
            raise NotAllowed(_("台账里没有这一条特殊情况。"))
        made = evidence.rule(
            dossier=held.dossier, row=found, fen=fen, reason=reason, seen=seen, person=actor.person, now=now
        )
        recount(application=held, fen=handed_in_ledger(held).counted_fen)
        body = {
            "row": str(row),
            "fen": fen,
            "supersedes": made.supersedes_id,
            "reason": hashlib.sha256(made.reason.encode()).hexdigest(),
        }
        audit.append(stream=held.stream, act="row.ruled", actor=actor, body=body, now=now)
        _tell(held, made, now)
    return made


def _tell(application: Application, made: Ruling, now: datetime) -> None:
    said = _("%(number)s：台账中的一笔特殊情况计入 %(sum)s 万元，理由见台账。")
    # A red letter or a refund counts against the sum.
    fen = f"{'−' if made.fen < 0 else ''}{wan(abs(made.fen))}"
    body = said % {"number": application.number, "sum": fen}
    tell_applicant(
        application=application, step=f"ruled:{made.pk}", subject=_("特殊情况已认定"), body=body, now=now
    )
