"""Withdrawal after acceptance: asked for by a sealed letter, agreed to or declined by the office."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xingyun.applications.actions import transitions
from xingyun.applications.models import Application
from xingyun.applications.permissions import may_act_for
from xingyun.applications.states import State
from xingyun.audit import actions as audit
from xingyun.audit.errors import Conflict, Refused
from xingyun.files.models import File
from xingyun.registry.actors import Actor
from xingyun.registry.states import Role
from xingyun.reviews.actions.decisions import revoke_all
from xingyun.reviews.actions.holding import hold
from xingyun.reviews.actions.reasons import needed
from xingyun.reviews.actions.telling import tell_applicant, tell_desk
from xingyun.reviews.models import WithdrawalRequest
from xingyun.reviews.permissions import serving

LONGEST = 1000


def ask_to_withdraw(
    *, application: Application, letter: File, reason: str, actor: Actor, now: datetime
) -> WithdrawalRequest:
    """Ask the office to let an accepted application go; `letter` is the sealed request.

    Raises Refused outside "accepted", Conflict where a request waits already.
    """
    may_act_for(actor, application)
    reason = needed(reason, missing=_("请写明为什么撤回。"), most=LONGEST)
    with transaction.atomic():
        held = hold(application)
        if held.state != State.ACCEPTED:
            said = _("已受理、还没有上报的申请才能书面申请撤回；这份现在是“%s”。")
            raise Conflict(said % State(held.state).label)
        try:
            with transaction.atomic():
                made = WithdrawalRequest.objects.create(
                    application=held, letter=letter, reason=reason, asked_by_id=actor.person, asked_at=now
                )
        except IntegrityError as error:
            raise Conflict(_("已经交过撤回申请，受理单位正在办理。不用再交。")) from error
        tell_desk(
            application=held,
            authority_id=held.holder_id,
            roles=(Role.PREPARER, Role.REVIEWER, Role.SIGNATORY),
            step=f"withdrawal-asked:{made.pk}",
            subject=_("企业书面申请撤回，请答复"),
            now=now,
        )
        body = {"request": made.pk, "letter": letter.sha256}
        audit.append(stream=held.stream, act="withdrawal.asked", actor=actor, body=body, now=now)
    return made


def answer_withdrawal(
    *, request: WithdrawalRequest, agreed: bool, answer: str, actor: Actor, now: datetime
) -> None:
    """Agree, and the application goes and the places that it held are free again; or decline with a reason.

    A place that became free is not filled by itself.
    """
    serving(actor, request.application.holder_id)
    missing = _("请写明同意撤回的理由。") if agreed else _("请写明不同意撤回的理由，申请企业会看到。")
    answer = needed(answer, missing=missing, most=LONGEST)
    with transaction.atomic():
        held = hold(request.application)
        if agreed and held.state != State.ACCEPTED:
            raise Refused(_("只有已受理、还没有上报的申请可以同意撤回。"))
        waiting = WithdrawalRequest.objects.filter(pk=request.pk, decided_at=None)
        values = {"agreed": agreed, "answer": answer, "decided_by_id": actor.person, "decided_at": now}
        if waiting.update(**values) != 1:
            raise Conflict(_("这份撤回申请刚被同事答复过。请刷新后再看。"))
        body = {"request": request.pk, "letter": request.letter.sha256, "agreed": agreed}
        if agreed:
            revoke_all(application=held, reason=answer, actor=actor, now=now)
        _tell(held, request, agreed, answer, now)
        if agreed:
            transitions.move(
                application=held, to=State.WITHDRAWN, actor=actor, now=now, reason=answer, body=body
            )
        else:
            audit.append(stream=held.stream, act="withdrawal.declined", actor=actor, body=body, now=now)
    request.refresh_from_db()


def _tell(
    application: Application, request: WithdrawalRequest, agreed: bool, answer: str, now: datetime
) -> None:
    if agreed:
        subject, said = _("已同意撤回申请"), _("%(number)s 已按贵单位的书面申请撤回。")
    else:
        subject, said = _("没有同意撤回申请"), _("%(number)s 继续办理。理由：%(reason)s")
    tell_applicant(
        application=application,
        step=f"withdrawal-answered:{request.pk}",
        subject=subject,
        body=said % {"number": application.number, "reason": answer},
        now=now,
    )
