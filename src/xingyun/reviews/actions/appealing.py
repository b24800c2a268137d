"""An appeal of the applicant against not being accepted or awarded, answered by another official."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xingyun.applications.actions import transitions
from xingyun.applications.models import Application, StateChange
from xingyun.applications.permissions import may_act_for
from xingyun.applications.queries import history
from xingyun.applications.states import State
from xingyun.audit import actions as audit
from xingyun.audit.errors import Conflict, Refused
from xingyun.files.models import File
from xingyun.registry.actors import Actor
from xingyun.registry.states import Role
from xingyun.reviews.actions.holding import hold
from xingyun.reviews.actions.reasons import needed
from xingyun.reviews.actions.telling import tell_applicant, tell_desk
from xingyun.reviews.models import Appeal
from xingyun.reviews.permissions import may_answer_appeal
from xingyun.reviews.queries.appeals import moot
from xingyun.reviews.states import APPEALABLE
from xingyun.rounds.states import RoundState

LONGEST = {"text": 2000, "answer": 1000}


def appeal(
    *, application: Application, text: str, actor: Actor, now: datetime, file: File | None = None
) -> Appeal:
    """Say why the refusal is wrong; once against each. Raises Refused with `field`, Conflict."""
    may_act_for(actor, application)
    text = needed(text, missing=_("请写明事实和理由。"), most=LONGEST["text"], field="text")
    with transaction.atomic():
        held = hold(application)
        if held.state not in APPEALABLE:
            said = _("不予受理或未认定的申请才能申诉；这份现在是“%s”。")
            raise Conflict(said % State(held.state).label)
        if held.round.state != RoundState.OPEN:
            raise Refused(_("本批次已经结束，不能再在线申诉。请联系受理单位。"))
        try:
            with transaction.atomic():
                made = Appeal.objects.create(
                    application=held,
                    against=_last(held).seq,
                    text=text,
                    file=file,
                    raised_by_id=actor.person,
                    raised_at=now,
                )
        except IntegrityError as error:
            raise Conflict(_("对这一次的结论已经申诉过，一次结论只能申诉一次。")) from error
        tell_desk(
            application=held,
            authority_id=held.holder_id,
            roles=(Role.PREPARER, Role.REVIEWER, Role.SIGNATORY),
            step=f"appeal:{made.pk}",
            subject=_("企业申诉，请答复"),
            now=now,
        )
        body = {"appeal": made.pk, "against": made.against, "file": file.sha256 if file else None}
        audit.append(stream=held.stream, act="appeal.raised", actor=actor, body=body, now=now)
    return made


def answer_appeal(*, made: Appeal, upheld: bool, answer: str, actor: Actor, now: datetime) -> None:
    """Uphold it, and the application is taken up again where it was refused; or dismiss it with a reason.

    What was decided of it stays until it is revoked. Raises NotAllowed, Refused with `field`, Conflict.
    """
    missing = _("请写明核实情况和结论，申请企业会看到。")
    answer = needed(answer, missing=missing, most=LONGEST["answer"], field="answer")
    with transaction.atomic():
        held = hold(made.application)
        may_answer_appeal(actor, held, _last(held).actor)
        if moot(made, held, _last(held).seq):
            raise Conflict(_("申诉针对的结论已经撤回，申请已重新办理，这份申诉不用再答复。"))
        waiting = Appeal.objects.filter(pk=made.pk, decided_at=None)
        values = {"upheld": upheld, "answer": answer, "decided_by_id": actor.person, "decided_at": now}
        if waiting.update(**values) != 1:
            raise Conflict(_("这份申诉刚被同事答复过。请刷新后再看。"))
        _tell(held, made, upheld, answer, now)
        body = {"appeal": made.pk, "upheld": upheld}
        if upheld:
            to = _again(held)
            transitions.move(application=held, to=to, actor=actor, now=now, reason=answer, body=body)
        else:
            audit.append(stream=held.stream, act="appeal.dismissed", actor=actor, body=body, now=now)
    made.refresh_from_db()


def _again(application: Application) -> State:
    """Where a refused application is taken up again."""
    if application.state == State.NOT_ACCEPTED:
        return State.SUBMITTED
    return State.ACCEPTED if application.holder_id == application.authority_id else State.EVALUATING


def _last(application: Application) -> StateChange:
    """The step that the appeal is against."""
    found = history(application).last()
    assert found is not None  # every application has begun
    return found


def _tell(application: Application, made: Appeal, upheld: bool, answer: str, now: datetime) -> None:
    subject = _("申诉成立，重新办理") if upheld else _("申诉不成立")
    tell_applicant(
        application=application,
        step=f"appeal-answered:{made.pk}",
        subject=subject,
        body=_("%(number)s：%(answer)s") % {"number": application.number, "answer": answer},
        now=now,
    )
