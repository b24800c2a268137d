"""Telling people. Inside the caller's transaction: whoever is told of an act, the act is done."""

import hashlib
import re
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import get_user_model

from xingyun.jobs import actions as jobs
from xingyun.messages import mail
from xingyun.messages.models import Message, Outbox
from xingyun.messages.previewing import listen
from xingyun.messages.states import Channel, State

AT_ONCE = 200
PIECE = 500
PAUSES = (60, 300, 1_800, 7_200, 28_800)

PERSONAL = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{17}[\dXx](?!\d)|\S+@\S+\.\S+")


def send(
    *,
    to: Iterable[int],
    subject: str,
    body: str,
    dedupe_key: str,
    now: datetime,
    link: str = "",
    about: str = "",
    office: int | None = None,
) -> int:
    """Tell these users, in the product and (when mail is set up and they have an address) by mail.

    The same `dedupe_key` reaches a person once, however often it is sent; returns how many were told
    now. A subject is shown on locked screens and kept in mail logs: phones, ID numbers and addresses in
    it raise ValueError. `link` is a path of this site; `office` the id of the authority that tells it: its
    outbox shows the letters.
    """
    if PERSONAL.search(subject):
        raise ValueError("a subject must not hold personal data")
    users = {user_id: f"{dedupe_key}:{user_id}" for user_id in to}
    known = _known(list(users.values()))
    fresh = {user_id: key for user_id, key in users.items() if key not in known}
    listen(users=fresh, subject=subject, body=body)
    text = {"subject": " ".join(subject.split()), "body": body, "created_at": now}
    Message.objects.bulk_create(
        [
            Message(dedupe_key=key, user_id=user_id, link=link, about=about, **text)
            for user_id, key in fresh.items()
        ],
        ignore_conflicts=True,
    )
    if settings.MAIL_URL and fresh:
        _post(fresh, {**text, "office": office}, link, now)
    return len(fresh)


def _known(keys: list[str]) -> set[str]:
    """Those that were sent before; asked for in pieces, as a database takes only so many values at once."""
    found: set[str] = set()
    for at in range(0, len(keys), PIECE):
        some = Message.objects.filter(dedupe_key__in=keys[at : at + PIECE])
        found.update(some.values_list("dedupe_key", flat=True))
    return found


def send_again(*, letter: Outbox, now: datetime) -> bool:
    """Put a letter that failed into the queue once more; False where it has not failed (any more)."""
    failed = Outbox.objects.filter(pk=letter.pk, state=State.FAILED)
    if not failed.update(state=State.QUEUED, attempts=0, next_try=now):
        return False
    jobs.enqueue(kind="messages.deliver", key="outbox", now=now, again=True)
    return True


def letter(
    *, user_id: int | None, address: str, subject: str, body: str, link: str, dedupe_key: str, now: datetime
) -> bool:
    """Send a letter alone, for what must not stand in the product: the way to a new password, say.

    Without `user_id` it goes to somebody who has no account.
    Nothing happens where mail is not set up. The same `dedupe_key` is sent once; whether it was sent now.
    """
    if not settings.MAIL_URL or Outbox.objects.filter(dedupe_key=dedupe_key).exists():
        return False
    Outbox.objects.create(
        dedupe_key=dedupe_key,
        channel=Channel.MAIL,
        user_id=user_id,
        address=address,
        subject=subject,
        body=f"{body}\n\n{settings.BASE_URL}{link}",
        created_at=now,
        next_try=now,
    )
    jobs.enqueue(kind="messages.deliver", key="outbox", now=now, again=True)
    return True


def read(*, user_id: int, now: datetime, ids: Iterable[int] | None = None) -> int:
    """Mark this person's messages as read: these, or all; returns how many were unread."""
    unread = Message.objects.filter(user_id=user_id, read_at=None)
    return (unread if ids is None else unread.filter(pk__in=list(ids))).update(read_at=now)


def deliver(*, now: datetime, alive: Callable[[], None] = lambda: None) -> int:
    """Send the letters that are due, each at least once; returns how many left.

    A letter that can't be sent waits ever longer and fails visibly after the last try; the others go on.
    `alive` is called between letters and may raise to stop.
    """
    if not settings.MAIL_URL:
        return 0
    sent = 0
    due = Outbox.objects.filter(state=State.QUEUED, next_try__lte=now).order_by("next_try", "id")
    for outbox in list(due[:AT_ONCE]):
        alive()
        sent += _deliver(outbox, now)
    return sent


def _deliver(outbox: Outbox, now: datetime) -> bool:
    # Taken first: of two deliverers one sends it, and the other finds it not due.
    attempts, pause = outbox.attempts + 1, PAUSES[min(outbox.attempts, len(PAUSES) - 1)]
    mine = Outbox.objects.filter(pk=outbox.pk, state=State.QUEUED, attempts=outbox.attempts)
    if not mine.update(attempts=attempts, next_try=now + timedelta(seconds=pause)):
        return False
    row = Outbox.objects.filter(pk=outbox.pk)
    try:
        _send(outbox)
    except (OSError, ValueError) as error:
        state = State.FAILED if attempts > len(PAUSES) else State.QUEUED
        row.update(state=state, error=f"{type(error).__name__}: {error}"[:500])
        return False
    row.update(state=State.SENT, sent_at=now, error="")
    return True


def _send(outbox: Outbox) -> None:
    key = hashlib.sha256(outbox.dedupe_key.encode()).hexdigest()[:32]
    letter = mail.letter(
        key=key,
        subject=outbox.subject,
        body=outbox.body,
        to=outbox.address,
        sender=settings.DEFAULT_FROM_EMAIL,
    )
    mail.backend(settings.MAIL_URL).send_messages([letter])


def _post(fresh: dict[int, str], text: dict[str, object], link: str, now: datetime) -> None:
    people = get_user_model().objects.filter(pk__in=fresh, is_active=True).exclude(email="")
    body = f"{text['body']}\n\n{settings.BASE_URL}{link}" if link else str(text["body"])
    letters = [
        Outbox(
            dedupe_key=f"{Channel.MAIL}:{fresh[user_id]}",
            channel=Channel.MAIL,
            user_id=user_id,
            address=email,
            next_try=now,
            **{**text, "body": body},
        )
        for user_id, email in people.values_list("pk", "email")
    ]
    Outbox.objects.bulk_create(letters, ignore_conflicts=True)
    if letters:
        jobs.enqueue(kind="messages.deliver", key="outbox", now=now, again=True)
