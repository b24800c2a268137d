"""Making accounts. Nobody signs up bare: an account comes with an enterprise, a seat, or an invitation."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xingyun.accounts import tokens
from xingyun.accounts.models import User
from xingyun.audit.errors import Refused, Revealing

# Read aloud and copied by hand: no signs that look like each other.
PLAIN = "abcdefghjkmnpqrstuvwxyz23456789"


def create_user(
    *,
    username: str,
    password: str,
    now: datetime,
    name: str = "",
    post: str = "",
    email: str = "",
    phone: str = "",
    encoded: str = "",
) -> User:
    """A new account. Raises Refused with `field` when the name is taken or the password too weak.

    `encoded` is the password's hash where the caller has it already (many accounts, one password).
    """
    user = User(username=username.strip(), name=name, post=post, email=email, phone=phone, created_at=now)
    if not user.username:
        raise Refused(_("请填写登录名。"), field="username")
    _strong_enough(user, password)
    if encoded:
        user.password = encoded
    else:
        user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        raise Revealing(_("登录名“%s”已有人使用，请换一个。") % user.username, field="username") from error
    return user


def open_account(*, username: str, said: Mapping[str, str], now: datetime) -> tuple[User, str]:
    """An account made for somebody, with what is said of him and a password to be changed at once."""
    user = create_user(username=username, password=secrets.token_urlsafe(32), now=now, **said)
    return user, give_password(user=user)


def give_password(*, user: User) -> str:
    """A new password by somebody else's hand, to be changed at once. Ends all sessions of the account."""
    return _new_password(user)


def disable(*, user: User) -> None:
    """Nobody signs in with the account any more, and who is signed in is not from now on."""
    user.is_active = False
    user.save(update_fields=["is_active"])


def enable(*, user: User) -> str:
    """Open a disabled account again, with a new password to be changed at once."""
    user.is_active = True
    return _new_password(user, "is_active")


def choose_password(*, token: str, password: str) -> User:
    """The owner of a mailed link chooses anew. Raises Refused: the link is spent or old, `field` too weak."""
    user = tokens.of_reset(token)
    if user is None:
        raise Refused(_("这个链接已经用过或已过期，密码没有改动。请重新申请一个。"))
    _strong_enough(user, password)
    user.set_password(password)
    user.must_change = False
    user.save(update_fields=["password", "must_change"])
    return user


def verify_email(*, token: str, now: datetime) -> User:
    """Whoever opened the mailed link owns the address. Raises Refused for a link that says nothing."""
    user = tokens.of_address(token)
    if user is None:
        raise Refused(_("这个链接已失效：可能改过邮箱，或链接没有复制完整。"))
    if user.email_verified_at is None:
        user.email_verified_at = now
        user.save(update_fields=["email_verified_at"])
    return user


def _new_password(user: User, *besides: str) -> str:
    password = "-".join("".join(secrets.choice(PLAIN) for _ in range(4)) for _ in range(4))
    user.set_password(password)
    user.must_change = True
    user.save(update_fields=["password", "must_change", *besides])
    return password


def _strong_enough(user: User, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refused("".join(error.messages), field="password") from error
