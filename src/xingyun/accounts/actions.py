"""Making accounts. Nobody signs up bare: an account comes with an enterprise, a seat, or an invitation."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xingyun.accounts.models import User
from xingyun.audit.errors import Refused


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
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refused("".join(error.messages), field="password") from error
    if encoded:
        user.password = encoded
    else:
        user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        raise Refused(_("登录名“%s”已有人使用，请换一个。") % user.username, field="username") from error
    return user
