"""The way back in for who forgot the password: by a mailed link, or by an administrator's hand."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xingyun.accounts import actions as accounts
from xingyun.accounts import tokens
from xingyun.accounts.models import User
from xingyun.audit import actions as audit
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.messages import actions as messages
from xingyun.registry.actors import Actor
from xingyun.registry.models import Member

EVERY_SECONDS = 600


def mail_reset(*, username: str, now: datetime) -> bool:
    """Mail the link to the account's address, once in ten minutes; whether it was sent (tell nobody)."""
    known = User.objects.filter(username=username.strip(), is_active=True, email_verified_at__isnull=False)
    user = known.exclude(email="").first()
    if user is None:
        return False
    with transaction.atomic():
        sent = messages.letter(
            user_id=user.pk,
            address=user.email,
            subject=_("设置新密码"),
            body=_(
                "有人为您的账号申请设置新密码。是您本人的，请在两小时内打开下面的链接；不是的，不用理会。"
            ),
            link=f"/accounts/password/new/{tokens.for_reset(user)}/",
            dedupe_key=f"reset:{user.pk}:{int(now.timestamp()) // EVERY_SECONDS}",
            now=now,
        )
        if sent:
            _record(user, "password.link.sent", now)
    return sent


def mail_address_check(*, user: User, now: datetime) -> bool:
    """Mail a link to the account's address: whoever opens it can later set a new password by mail."""
    if not user.email:
        return False
    return messages.letter(
        user_id=user.pk,
        address=user.email,
        subject=_("确认电子邮箱"),
        body=_("请打开下面的链接确认这是您的邮箱。确认后，忘了密码可以用它找回。"),
        link=f"/accounts/email/{tokens.for_address(user)}/",
        dedupe_key=f"address:{user.pk}:{user.email}",
        now=now,
    )


def choose_password(*, token: str, password: str, now: datetime) -> User:
    """The owner of a mailed link chooses a new password; recorded."""
    with transaction.atomic():
        user = accounts.choose_password(token=token, password=password)
        _record(user, "password.chosen", now)
    return user


def give_password(*, user: User, actor: Actor, now: datetime) -> str:
    """An administrator gives an official a new password; shown once, changed at the next signing in."""
    if not actor.is_admin:
        raise NotAllowed("")
    if user.pk == actor.person:
        raise Refused(_("自己的密码请在“改密码”里改。"))
    if Member.objects.filter(user=user).exists():
        raise Refused(_("企业的账号由企业自己的管理员或所在地主管部门处理。"))
    with transaction.atomic():
        password = accounts.give_password(user=user)
        audit.append(
            stream=f"account:{user.pk}",
            act="password.given",
            actor=actor,
            body={"user": user.audit_id},
            now=now,
        )
    return password


def _record(user: User, act: str, now: datetime) -> None:
    actor = Actor(user.pk, user.label)
    audit.append(stream=f"account:{user.pk}", act=act, actor=actor, body={"user": user.audit_id}, now=now)
