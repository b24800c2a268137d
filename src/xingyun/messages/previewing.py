"""What an act would tell people, before it is done: the act is carried out, listened to, and undone."""

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction


@dataclass(frozen=True, slots=True)
class Words:
    """One text as it would be sent: to so many people, so many of them by mail as well."""

    subject: str
    body: str
    people: int
    mailed: int


@dataclass(frozen=True, slots=True)
class Told:
    """All that an act would send; the same text to several people is one."""

    words: tuple[Words, ...]

    @property
    def people(self) -> int:
        """How many messages there would be."""
        return sum(one.people for one in self.words)

    @property
    def mailed(self) -> int:
        """How many of them would leave by mail, too."""
        return sum(one.mailed for one in self.words)


Heard = list[tuple[str, str, tuple[int, ...]]]
_HEARD: ContextVar[Heard | None] = ContextVar("heard", default=None)


def rehearse(act: Callable[[], object]) -> Told:
    """What this act would send. Nothing of it stays: no state, no entry, no message. Refusals are raised."""
    heard: Heard = []
    token = _HEARD.set(heard)
    try:
        with transaction.atomic():
            act()
            mailed = _with_mail({user for *_text, users in heard for user in users})
            transaction.set_rollback(True)
    finally:
        _HEARD.reset(token)
    return Told(tuple(_together(heard, mailed)))


def listen(*, users: Iterable[int], subject: str, body: str) -> None:
    """Called by whoever sends, so that a rehearsal hears it."""
    heard = _HEARD.get()
    if heard is not None:
        heard.append((subject, body, tuple(users)))


def _with_mail(users: set[int]) -> frozenset[int]:
    if not settings.MAIL_URL:
        return frozenset()
    known = get_user_model().objects.filter(pk__in=users, is_active=True).exclude(email="")
    return frozenset(known.values_list("pk", flat=True))


def _together(heard: Heard, mailed: frozenset[int]) -> Iterable[Words]:
    same: dict[tuple[str, str], list[int]] = {}
    for subject, body, users in heard:
        same.setdefault((subject, body), []).extend(users)
    for (subject, body), people in same.items():
        yield Words(subject, body, len(people), sum(one in mailed for one in people))
