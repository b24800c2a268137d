"""A file goes to the office to which it belongs: handed over, taken or declined, ruled from above."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xingyun.applications.actions import hand_over
from xingyun.applications.models import Application
from xingyun.applications.queries import apply_stage, first_submission, get
from xingyun.audit import actions as audit
from xingyun.audit.actions import Draft
from xingyun.audit.errors import Conflict, Refused
from xingyun.messages import actions as messages
from xingyun.registry import actions as registry
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority
from xingyun.registry.queries import people_of
from xingyun.reviews.actions.holding import hold
from xingyun.reviews.actions.reasons import needed
from xingyun.reviews.actions.telling import tell_applicant
from xingyun.reviews.models import Appeal, Decision, ReportLine, Transfer, WithdrawalRequest
from xingyun.reviews.permissions import OFFICE, may_answer_transfer, may_rule_transfer, may_transfer, serving
from xingyun.reviews.queries.sheets import moment
from xingyun.reviews.queries.transfers import targets
from xingyun.reviews.states import IN_HAND, TRANSFERABLE
from xingyun.rounds.queries import rulebook_of, window

LONGEST = 1000


def ask_transfer(
    *, application: Application, to: Authority, reason: str, actor: Actor, now: datetime
) -> Transfer:
    """Hand a file over to the office to which it belongs; it stays here until that one takes it.

    Raises NotAllowed, Refused (with `field`) where it may not leave, Conflict where it is on its way already.
    """
    get(actor, application.uid)
    reason = needed(reason, missing=_("请写明为什么归那个单位，对方会看到。"), most=LONGEST)
    try:
        with transaction.atomic():
            held = hold(application)
            may_transfer(actor, held)
            _may_leave(held)
            if to.pk not in {one.pk for one in targets(held)}:
                raise Refused(_("请选要移送到的单位。"), field="to")
            made = Transfer.objects.create(
                application=held,
                source=held.authority,
                target=to,
                reason=reason,
                asked_by_id=actor.person,
                asked_at=now,
            )
            _tell_office(made, to, _("有申请移送给本单位，请接收或说明"), "asked", now)
            _record(made, "transfer.asked", actor, now)
    except IntegrityError as error:
        raise Conflict(_("这份申请已经在移送。请刷新页面查看。")) from error
    return made


def take_back_transfer(*, transfer: Transfer, actor: Actor, now: datetime) -> None:
    """The office that hands it over thinks better of it. Raises Conflict where it is settled."""
    serving(actor, transfer.source_id)
    with transaction.atomic():
        _close(transfer, now)
        _record(transfer, "transfer.taken_back", actor, now)


def answer_transfer(*, transfer: Transfer, agreed: bool, answer: str, actor: Actor, now: datetime) -> None:
    """Take the file, or decline it with a reason; what is declined waits for the ruling from above.

    Once taken, the file is the new office's: its dates, its places, its people. Raises Refused where its
    window had closed when the application was handed in, Conflict where something was decided meanwhile.
    """
    may_answer_transfer(actor, transfer)
    if not agreed:
        answer = needed(
            answer, missing=_("请写明为什么不归本单位，由上级裁定时要看。"), most=LONGEST, field="answer"
        )
    with transaction.atomic():
        held = hold(transfer.application)
        done = {"agreed": agreed, "answer": answer.strip()[:LONGEST], "answered_by_id": actor.person}
        open_ = Transfer.objects.filter(pk=transfer.pk, closed_at=None, agreed=None)
        if not open_.update(answered_at=now, closed_at=now if agreed else None, **done):
            raise _settled()
        if agreed:
            _move(transfer, held, now)
        else:
            _tell_above(transfer, now)
        _record(transfer, "transfer.taken" if agreed else "transfer.declined", actor, now)


def rule_transfer(*, transfer: Transfer, to: Authority, ruling: str, actor: Actor, now: datetime) -> None:
    """Say which of the two has the file; both read the reason. The same rules hold as for taking it."""
    may_rule_transfer(actor, transfer)
    ruling = needed(ruling, missing=_("请写明裁定理由，两方都会看到。"), most=LONGEST, field="ruling")
    if to.pk not in (transfer.source_id, transfer.target_id):
        raise Refused(_("请选归哪个单位。"), field="to")
    with transaction.atomic():
        held = hold(transfer.application)
        open_ = Transfer.objects.filter(pk=transfer.pk, closed_at=None)
        if not open_.update(ruled_to=to, ruling=ruling, ruled_by_id=actor.person, closed_at=now):
            raise _settled()
        if to.pk == transfer.target_id:
            _move(transfer, held, now)
        for office in (transfer.source, transfer.target):
            _tell_office(transfer, office, _("移送的申请已裁定"), f"ruled:{office.pk}", now)
        _record(transfer, "transfer.ruled", actor, now, to=to.key)


def _may_leave(held: Application) -> None:
    """What was begun here is ended here; nothing goes while an answer to the enterprise is owed."""
    if Decision.objects.filter(application=held, revoked_at=None).exists():
        raise Refused(_("已经就这份申请作了决定，不能移送。要移送，请先撤销决定。"))
    if ReportLine.objects.filter(application=held, report__state__in=IN_HAND).exists():
        raise Refused(_("这份申请在起草的上报件里，不能移送。"))
    if WithdrawalRequest.objects.filter(application=held, decided_at=None).exists():
        raise Refused(_("企业书面申请撤回，还没有答复。请先答复，再移送。"))
    if Appeal.objects.filter(application=held, decided_at=None).exists():
        raise Refused(_("企业的申诉还没有答复。请先答复，再移送。"))


def _move(transfer: Transfer, held: Application, now: datetime) -> None:
    here = held.authority_id == held.holder_id == transfer.source_id
    if not here or held.state not in TRANSFERABLE:
        raise _settled()
    _may_leave(held)
    _in_time(transfer, held)
    drafts = hand_over(application=held, to=transfer.target)
    registry.move_enterprise(enterprise=held.enterprise, to=transfer.target)
    said = _("%(number)s 属于%(name)s办理，已由%(old)s移送过去，提交的内容和时间不变，您不用重新提交。")
    values = {"number": held.number, "name": transfer.target.name, "old": transfer.source.name}
    more = _("没有提交的 %s 也改由那里受理。") % "、".join(drafts) if drafts else ""
    tell_applicant(
        application=held,
        step=f"transferred:{transfer.uid}",
        subject=_("申请已移送到另一个单位办理"),
        body=said % values + more,
        now=now,
    )


def _in_time(transfer: Transfer, held: Application) -> None:
    """The window of the new office counts: what was handed in after its close is not taken by a transfer."""
    rulebook = rulebook_of(held.edition)
    stage = apply_stage(rulebook)
    clause = rulebook.window(stage).clause[0]
    dates = window(held.round, transfer.target, stage)
    first = first_submission(held)
    if dates is None:
        raise Refused(_("%s还没有公布受理时间，不能接收。") % transfer.target.name, clause=clause)
    if first is not None and first.submitted_at >= dates.closes:
        said = _(
            "企业提交时，%(name)s的受理已于 %(at)s 截止，不能接收。确需接收的，请先延长受理时间并写明理由。"
        )
        values = {"name": transfer.target.name, "at": moment(dates.closes)}
        raise Refused(said % values, clause=clause)


def _close(transfer: Transfer, now: datetime) -> None:
    if not Transfer.objects.filter(pk=transfer.pk, closed_at=None).update(closed_at=now):
        raise _settled()


def _settled() -> Conflict:
    return Conflict(_("这次移送已经办结，或者申请刚被处理过。请刷新页面查看。"))


def _tell_office(transfer: Transfer, office: Authority, subject: str, step: str, now: datetime) -> None:
    application = transfer.application
    messages.send(
        to=people_of(office.pk, *OFFICE),
        subject=subject,
        body=f"{application.number} {application.enterprise.name}",
        link=f"/officials/transfers/{transfer.uid}/",
        about=application.stream,
        dedupe_key=f"transfer:{transfer.uid}:{step}",
        now=now,
    )


def _tell_above(transfer: Transfer, now: datetime) -> None:
    if transfer.source.parent is not None:
        _tell_office(transfer, transfer.source.parent, _("移送的申请对方不接收，请裁定"), "declined", now)
    _tell_office(transfer, transfer.source, _("移送的申请对方没有接收"), "returned", now)


def _record(transfer: Transfer, act: str, actor: Actor, now: datetime, **more: object) -> None:
    """On both offices' streams, the application's and the enterprise's; the reasons are read on the page."""
    application = transfer.application
    body = {
        "transfer": str(transfer.uid),
        "application": str(application.uid),
        "from": transfer.source.key,
        "to": transfer.target.key,
        **({"ruled_to": more["to"]} if "to" in more else {}),
    }
    streams = (
        application.stream,
        application.enterprise.stream,
        f"authority:{transfer.source.key}",
        f"authority:{transfer.target.key}",
    )
    audit.append_many(drafts=[Draft(stream, act, body) for stream in streams], actor=actor, now=now)
