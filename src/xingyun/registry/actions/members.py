"""The people of an enterprise: invited by its holder, joined by themselves, taken out, given roles."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from xingyun.accounts import actions as accounts
from xingyun.accounts.models import User
from xingyun.audit import actions as audit
from xingyun.audit.errors import Conflict, Refused
from xingyun.clock import calendar_day
from xingyun.messages import actions as messages
from xingyun.registry.actions.passwords import mail_address_check
from xingyun.registry.actors import Actor
from xingyun.registry.models import Enterprise, Invitation, Member
from xingyun.registry.permissions import may_manage_people
from xingyun.registry.queries import live_seats
from xingyun.registry.states import MemberRole

DAYS = 7
MOST = 50  # people, and invitations that wait


class Invited(NamedTuple):
    """An invitation with the token of its link, which is shown this once and kept nowhere."""

    invitation: Invitation
    token: str


def invite(*, enterprise: Enterprise, role: str, note: str, actor: Actor, now: datetime) -> Invited:
    """Make a link by which one person joins within a week. `note` says for whom, to tell them apart."""
    may_manage_people(actor, enterprise)
    if role not in MemberRole.values:
        raise Refused(_("请选新成员的角色。"), field="role")
    waiting = Invitation.objects.filter(enterprise=enterprise, ended_at=None, expires_at__gt=now).count()
    if waiting + Member.objects.filter(enterprise=enterprise).count() >= MOST:
        raise Refused(_("成员和未用的邀请最多 %d 个。请先撤掉用不着的。") % MOST)
    token = secrets.token_urlsafe(24)
    with transaction.atomic():
        made = Invitation.objects.create(
            enterprise=enterprise,
            digest=digest(token),
            role=role,
            note=note.strip()[:64],
            made_by_id=actor.person,
            made_at=now,
            expires_at=now + timedelta(days=DAYS),
        )
        body = {"invitation": made.pk, "role": role}
        audit.append(stream=enterprise.stream, act="member.invited", actor=actor, body=body, now=now)
    return Invited(made, token)


def withdraw_invitation(*, invitation: Invitation, actor: Actor, now: datetime) -> None:
    """The link stops working."""
    may_manage_people(actor, invitation.enterprise)
    with transaction.atomic():
        if not Invitation.objects.filter(pk=invitation.pk, ended_at=None).update(ended_at=now):
            raise Conflict(_("这个邀请已经用过或撤掉了，请刷新页面。"))
        body = {"invitation": invitation.pk}
        stream = invitation.enterprise.stream
        audit.append(stream=stream, act="member.invitation.withdrawn", actor=actor, body=body, now=now)


def join_as_new(
    *,
    token: str,
    username: str,
    password: str,
    person: str,
    phone: str,
    email: str,
    now: datetime,
) -> User:
    """Make an account and join. Raises Refused: the link is spent or old, or `field` is wrong."""
    with transaction.atomic():
        user = accounts.create_user(
            username=username, password=password, now=now, name=person, email=email, phone=phone
        )
        _join(token, user, now)
        mail_address_check(user=user, now=now)
    return user


def join(*, token: str, actor: Actor, now: datetime) -> Enterprise:
    """Join with the account that is signed in. An official's account fills in for nobody."""
    if actor.seats:
        raise Refused(_("您用的是主管部门的账号，不能替企业填报。请退出，用企业的账号加入。"))
    with transaction.atomic():
        return _join(token, User.objects.get(pk=actor.person), now)


def _join(token: str, user: User, now: datetime) -> Enterprise:
    live = Invitation.objects.filter(digest=digest(token), ended_at=None, expires_at__gt=now)
    invitation = live.select_related("enterprise").first()
    if invitation is None:
        raise Refused(_("这个邀请已经用过、撤掉或过期。请邀请您的人再发一个。"))
    enterprise = invitation.enterprise
    # Before the invitation: whoever takes its maker out holds them in this order, too.
    hold_people(enterprise.pk)
    _member, made = Member.objects.get_or_create(
        enterprise=enterprise, user=user, defaults={"role": invitation.role}
    )
    if not made:
        raise Refused(_("您已经是“%s”的成员，邀请还留着，可以给别人用。") % enterprise.name)
    if not Invitation.objects.filter(pk=invitation.pk, ended_at=None).update(ended_at=now, used_by=user):
        raise Conflict(_("这个邀请刚被用掉。请邀请您的人再发一个。"))
    messages.send(
        to=[invitation.made_by_id],
        subject=_("有新成员加入"),
        body=_("%(who)s 已加入“%(name)s”。") % {"who": user.label, "name": enterprise.name},
        link="/enterprise/people/",
        dedupe_key=f"joined:{invitation.pk}",
        now=now,
    )
    body = {"invitation": invitation.pk, "role": invitation.role}
    actor = Actor(user.pk, user.label)
    audit.append(stream=enterprise.stream, act="member.joined", actor=actor, body=body, now=now)
    return enterprise


def give_role(*, member: Member, role: str, actor: Actor, now: datetime) -> None:
    """Make a member holder or preparer. The last holder stays one: somebody must look after the people."""
    may_manage_people(actor, member.enterprise)
    if role not in MemberRole.values:
        raise Refused(_("请选角色。"), field="role")
    with transaction.atomic():
        _keep_a_holder(member, role == MemberRole.HOLDER)
        if not Member.objects.filter(pk=member.pk).exclude(role=role).update(role=role):
            raise Conflict(_("角色已经是这样，或这个人已不在成员里。请刷新页面。"))
        if role != MemberRole.HOLDER:
            _end_invitations(member, now)
        body = {"user": member.user.audit_id, "role": role}
        audit.append(stream=member.enterprise.stream, act="member.role", actor=actor, body=body, now=now)


def remove(*, member: Member, actor: Actor, now: datetime) -> None:
    """Take a person out; what it filled in stays. It can't open anything of the enterprise from now on."""
    may_manage_people(actor, member.enterprise)
    with transaction.atomic():
        _keep_a_holder(member, False)
        take_out(member=member, actor=actor, now=now)


def take_out(*, member: Member, actor: Actor, now: datetime) -> None:
    """The row goes, the record stays, the person is told."""
    if not Member.objects.filter(pk=member.pk).delete()[0]:
        raise Conflict(_("这个人已不在成员里，请刷新页面。"))
    _end_invitations(member, now)
    messages.send(
        to=[member.user_id],
        subject=_("您不再是企业的成员"),
        body=_("您已不再替“%s”填报，填过的内容留在企业。") % member.enterprise.name,
        dedupe_key=f"removed:{member.pk}",
        now=now,
    )
    body = {"user": member.user.audit_id, "role": member.role}
    audit.append(stream=member.enterprise.stream, act="member.removed", actor=actor, body=body, now=now)


def give_member_password(*, member: Member, actor: Actor, now: datetime) -> str:
    """A new password for a colleague who forgot his; shown once, to be changed at the next signing in."""
    may_manage_people(actor, member.enterprise)
    if member.user_id == actor.person:
        raise Refused(_("自己的密码请在“改密码”里改。"))
    if Member.objects.filter(user=member.user).exclude(enterprise=member.enterprise).exists():
        # He fills in for others, too: no single holder may become him.
        raise Refused(_("这个账号还替别的企业填报，不能由一家企业重设。请本人用邮箱找回，或找主管部门。"))
    if live_seats(calendar_day(now)).filter(user=member.user).exists():
        # Nor may he become an official.
        raise Refused(_("这个账号在主管部门有岗位，不能由企业重设。请把他移出企业，再由他找系统管理员。"))
    with transaction.atomic():
        password = accounts.give_password(user=member.user)
        body = {"user": member.user.audit_id}
        audit.append(stream=member.enterprise.stream, act="member.password", actor=actor, body=body, now=now)
    return password


def _end_invitations(member: Member, now: datetime) -> None:
    """Links that he made let nobody in any more, himself least of all."""
    Invitation.objects.filter(enterprise=member.enterprise_id, made_by=member.user_id, ended_at=None).update(
        ended_at=now
    )


def hold_people(enterprise_id: int) -> None:
    """Until the end of the transaction nobody else changes who acts for the enterprise."""
    Enterprise.objects.select_for_update().only("pk").get(pk=enterprise_id)


def _keep_a_holder(member: Member, stays: bool) -> None:
    """Of two holders who take each other out at once, one is told that he is the last."""
    hold_people(member.enterprise_id)
    others = Q(enterprise=member.enterprise_id, role=MemberRole.HOLDER) & ~Q(pk=member.pk)
    if not stays and not Member.objects.filter(others).exists():
        raise Refused(_("至少要有一位单位管理员。请先把别人设为单位管理员。"))


def digest(token: str) -> str:
    """How a token is known."""
    return hashlib.sha256(token.encode()).hexdigest()
