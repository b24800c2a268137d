"""Two parties would act for one enterprise: the claim, the present people's answer, the ruling."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from xingyun.accounts import actions as accounts
from xingyun.audit import actions as audit
from xingyun.audit.errors import Conflict, Refused
from xingyun.files.models import File
from xingyun.messages import actions as messages
from xingyun.registry.actions.members import hold_people, take_out
from xingyun.registry.actions.passwords import mail_address_check
from xingyun.registry.actors import Actor
from xingyun.registry.models import Enterprise, Member, Takeover
from xingyun.registry.permissions import may_answer_takeover, may_rule_takeover
from xingyun.registry.queries import members_of, people_of
from xingyun.registry.states import EnterpriseState, MemberRole, Role, TakeoverReason, TakeoverState

ANSWER_DAYS = 3
RULINGS = (TakeoverState.HANDED_OVER, TakeoverState.BOTH, TakeoverState.KEPT)


def file_takeover(
    *,
    enterprise: Enterprise,
    reason: str,
    note: str,
    username: str,
    password: str,
    person: str,
    phone: str,
    email: str,
    licence: File,
    authorisation: File,
    now: datetime,
) -> Takeover:
    """Claim to act for a registered enterprise. The claimant gets an account that opens nothing yet."""
    if reason not in TakeoverReason.values:
        raise Refused(_("请选为什么要接管。"), field="reason")
    with transaction.atomic():
        user = accounts.create_user(
            username=username, password=password, now=now, name=person, email=email, phone=phone
        )
        made = Takeover.objects.create(
            enterprise=enterprise,
            claimant=user,
            reason=reason,
            note=note.strip()[:500],
            licence=licence,
            authorisation=authorisation,
            filed_at=now,
            answer_due=now + timedelta(days=ANSWER_DAYS),
        )
        _tell_of(made, now)
        mail_address_check(user=user, now=now)
        body = {"takeover": str(made.uid), "reason": reason, "licence": licence.sha256}
        actor = Actor(user.pk, user.label)
        audit.append(stream=enterprise.stream, act="takeover.filed", actor=actor, body=body, now=now)
    return made


def _tell_of(made: Takeover, now: datetime) -> None:
    """The present people, who may answer, and the authority. Neither side learns who the other one is."""
    enterprise = made.enterprise
    messages.send(
        to=members_of(enterprise.pk),
        subject=_("有人申请接管企业账号"),
        body=_(
            "有人交了执照和授权书，申请接管“%(name)s”的账号。请在 %(days)d 天内说明，主管部门听了双方再裁定。"
        )
        % {"name": enterprise.name, "days": ANSWER_DAYS},
        link=f"/enterprise/takeovers/{made.uid}/",
        dedupe_key=f"takeover:{made.uid}",
        now=now,
    )
    messages.send(
        to=people_of(enterprise.authority_id, Role.PREPARER),
        subject=_("有企业账号的接管申请待裁定"),
        body=_("“%s”有人申请接管，请核对双方材料后裁定。") % enterprise.name,
        link=f"/officials/takeovers/{made.uid}/",
        dedupe_key=f"takeover-office:{made.uid}",
        now=now,
    )


def answer_takeover(
    *, takeover: Takeover, answer: str, file: File | None, actor: Actor, now: datetime
) -> None:
    """What the present people say to it, with a paper if they like; may be said anew until the ruling."""
    may_answer_takeover(actor, takeover)
    if not answer.strip():
        raise Refused(_("请写明情况：账号由谁管理、是否同意移交。"), field="answer")
    columns = {"answer": answer.strip()[:500], "answered_at": now}
    if file is not None:
        columns["answer_file"] = file
    with transaction.atomic():
        _while_open(takeover, **columns)
        body = {"takeover": str(takeover.uid), "file": file.sha256 if file else ""}
        stream = takeover.enterprise.stream
        audit.append(stream=stream, act="takeover.answered", actor=actor, body=body, now=now)


def rule_takeover(*, takeover: Takeover, to: str, ruling: str, actor: Actor, now: datetime) -> None:
    """Hand over, keep both, or leave it as it is; with a reason that both sides read.

    Before the present people have answered their time to do so must be over (Refused). Whatever the
    ruling, applications and what is filled in stay with the enterprise.
    """
    may_rule_takeover(actor, takeover)
    if to not in RULINGS:
        raise Refused(_("请选裁定结果。"), field="to")
    if not ruling.strip():
        raise Refused(_("请写明裁定理由，双方都会看到。"), field="ruling")
    if takeover.answered_at is None and now < takeover.answer_due and to != TakeoverState.KEPT:
        raise Refused(_("原管理人还在说明期内，到期或说明后才能裁定移交。"), field="to")
    with transaction.atomic():
        hold_people(takeover.enterprise_id)
        _while_open(takeover, state=to, ruling=ruling.strip()[:500], ruled_by_id=actor.person, ruled_at=now)
        before = members_of(takeover.enterprise_id)
        _effect(takeover, to, actor, now)
        _tell_ruling(takeover, to, ruling, before, now)
        body = {"takeover": str(takeover.uid), "to": to}
        stream = takeover.enterprise.stream
        audit.append(stream=stream, act="takeover.ruled", actor=actor, body=body, now=now)


def _effect(takeover: Takeover, to: str, actor: Actor, now: datetime) -> None:
    if to == TakeoverState.KEPT:
        return
    if to == TakeoverState.HANDED_OVER:
        present = Member.objects.filter(enterprise=takeover.enterprise).select_related("user", "enterprise")
        for member in present:
            take_out(member=member, actor=actor, now=now)
        # The papers that were found right are the enterprise's from now on.
        Enterprise.objects.filter(pk=takeover.enterprise_id).update(
            licence=takeover.licence,
            authorisation=takeover.authorisation,
            state=EnterpriseState.ACTIVE,
            activated_at=now,
            refusal="",
        )
    # He may have been invited meanwhile.
    Member.objects.update_or_create(
        enterprise=takeover.enterprise, user=takeover.claimant, defaults={"role": MemberRole.HOLDER}
    )


def _tell_ruling(takeover: Takeover, to: str, ruling: str, before: list[int], now: datetime) -> None:
    words = {"name": takeover.enterprise.name, "to": TakeoverState(to).label, "why": ruling.strip()}
    said = _("“%(name)s”账号的接管申请：%(to)s。理由：%(why)s") % words
    for side, people in (("claimant", [takeover.claimant_id]), ("present", before)):
        messages.send(
            to=people,
            subject=_("接管申请已裁定"),
            body=said,
            link="/enterprise/" if side == "present" else "/enterprise/takeovers/",
            dedupe_key=f"takeover-ruled:{takeover.uid}:{side}",
            now=now,
        )


def _while_open(takeover: Takeover, **columns: object) -> None:
    if not Takeover.objects.filter(pk=takeover.pk, state=TakeoverState.OPEN).update(**columns):
        raise Conflict(_("这份接管申请已经裁定了，请刷新页面查看结果。"))
    for name, value in columns.items():
        setattr(takeover, name, value)
