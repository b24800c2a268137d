"""A report goes back to the office that sent it: whole, or for named rows, each with its reason."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from xingyun.applications.actions import transitions
from xingyun.applications.models import Application
from xingyun.applications.states import State
from xingyun.audit.errors import Refused
from xingyun.registry.actors import Actor
from xingyun.reviews.actions import report_steps as steps
from xingyun.reviews.actions.holding import hold_all, hold_report
from xingyun.reviews.actions.reasons import needed, within
from xingyun.reviews.models import Decision, Report, ReturnedRow
from xingyun.reviews.permissions import serving
from xingyun.reviews.queries import reporting
from xingyun.reviews.states import ReportState

LONGEST = 1000


def return_report(
    *, report: Report, reason: str = "", rows: Mapping[UUID, str] | None = None, actor: Actor, now: datetime
) -> None:
    """Return it: the rows named (application → reason) are decided anew, all others stay as reported.

    With no row named all that waits goes back, with the reason; what was received goes back by rows only.
    Nothing is revoked by it and no place is freed: that is for the office. Raises Refused with `field`.
    """
    serving(actor, report.recipient_id)
    named = {uid: _reason(uid, text) for uid, text in (rows or {}).items()}
    reason = within(reason, most=LONGEST) if named else steps.needed_reason(reason)
    with transaction.atomic():
        held = hold_report(report)
        if held.state == ReportState.RECEIVED and not named:
            raise Refused(_("已接收的上报件只能退回其中几行。请在要退的行里写明理由。"), field="reason")
        steps.step(held, ReportState.RETURNED, received_by_id=actor.person, received_at=now, reason=reason)
        back = _named(held, named) if named else dict.fromkeys(_waiting(held), reason)
        ReturnedRow.objects.bulk_create(
            [ReturnedRow(report=held, application=a, reason=why) for a, why in back.items()]
        )
        for application, why in back.items():
            _give_back(application, held, why, actor, now)
        said = reason or _("退回 %s 行，请看各行的理由。") % len(back)
        steps.tell_own(held, "returned", _("上报被退回，请修改后重新上报"), now, said)
        steps.record(held, "report.returned", actor, now, _body(back, whole=not named))
    report.refresh_from_db()


def _reason(uid: UUID, text: str) -> str:
    return needed(text, missing=_("请写明退回这一行的理由。"), most=LONGEST, field=f"row-{uid}")


def _waiting(report: Report) -> list[Application]:
    ids = list(reporting.still_reported(report).values_list("pk", flat=True))
    return [a for a in hold_all(ids) if a.state == State.REPORTED]


def _named(report: Report, named: Mapping[UUID, str]) -> dict[Application, str]:
    """The applications that were named, held; each must be one that can go back."""
    on = reporting.applications_of({application for application, _d in reporting.kept_keys(report)})
    ids = dict(on.filter(uid__in=named).values_list("pk", "uid"))
    if len(ids) != len(named):
        raise Refused(_("要退回的行不在这份上报件上。请刷新后再选。"))
    applications = hold_all(ids)
    decided = set(
        Decision.objects.filter(
            application__in=ids, authority=report.recipient_id, revoked_at=None
        ).values_list("application_id", flat=True)
    )
    for application in applications:
        _refuse_gone(application, report, decided=application.pk in decided)
    return {application: named[ids[application.pk]] for application in applications}


def _refuse_gone(application: Application, report: Report, *, decided: bool) -> None:
    """What went on meanwhile can't be given back; what this tier has decided itself is revoked first."""
    own, above = report.authority_id, report.recipient_id
    there = {State.REPORTED: own, State.EVALUATING: above, State.NOT_AWARDED: own}
    field = f"row-{application.uid}"
    if there.get(State(application.state)) != application.holder_id:
        said = _("“%(name)s”现在是“%(state)s”，不能退回。")
        values = {"name": application.enterprise.name, "state": State(application.state).label}
        raise Refused(said % values, field=field)
    if decided:
        said = _("本单位已就“%s”作了决定。请先撤销决定，再退回这一行。")
        raise Refused(said % application.enterprise.name, field=field)


def _give_back(application: Application, report: Report, reason: str, actor: Actor, now: datetime) -> None:
    transitions.move(
        application=application,
        to=State.ACCEPTED,
        actor=actor,
        now=now,
        reason=reason,
        holder=report.authority,
    )


def _body(back: Mapping[Application, str], *, whole: bool) -> dict[str, object]:
    """Reasons may name people: the record keeps their digests."""
    return {
        "whole": whole,
        "rows": {str(a.uid): hashlib.sha256(why.encode()).hexdigest() for a, why in back.items()},
    }
