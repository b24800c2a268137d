"""What mailed links carry: signed, bound to what they are for, and worthless once that has changed."""

import hashlib
from typing import Any

from django.core import signing

from xingyun.accounts.models import User

RESET, ADDRESS = "password-reset", "email-address"
RESET_SECONDS = 2 * 3600
ADDRESS_SECONDS = 14 * 24 * 3600


def for_reset(user: User) -> str:
    """For choosing a new password: holds until the password changes, two hours at most."""
    return signing.dumps([user.pk, _of_password(user)], salt=RESET)


def of_reset(token: str) -> User | None:
    """Whose password may be chosen with this token; None when it is spent, old or forged."""
    user, known = _read(token, RESET, RESET_SECONDS)
    return user if user and known == _of_password(user) else None


def for_address(user: User) -> str:
    """For showing that the present address is this person's; two weeks."""
    return signing.dumps([user.pk, user.email], salt=ADDRESS)


def of_address(token: str) -> User | None:
    """Whose address this token was sent to; None when it is another one now, or the token old or forged."""
    user, known = _read(token, ADDRESS, ADDRESS_SECONDS)
    return user if user and known == user.email else None


def _read(token: str, salt: str, seconds: int) -> tuple[User | None, Any]:
    try:
        pk, known = signing.loads(token, salt=salt, max_age=seconds)
    except (signing.BadSignature, ValueError, TypeError):
        return None, None
    return User.objects.filter(pk=pk, is_active=True).first(), known


def _of_password(user: User) -> str:
    return hashlib.sha256(user.password.encode()).hexdigest()[:16]
