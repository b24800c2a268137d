"""Releasing a rulebook: from then on it is an edition, word for word, under its digest."""

import tomllib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xingyun.accounts.models import User
from xingyun.audit import actions as audit
from xingyun.audit.errors import Conflict, Refused
from xingyun.registry.actions import sync_authorities
from xingyun.registry.actors import Actor, SystemActor
from xingyun.rounds.models import Edition, Programme
from xingyun.rounds.permissions import may_release
from xingyun.rounds.queries import latest_edition
from xingyun.rulebook import Rulebook, load_source


def release_edition(
    *,
    source: Mapping[str, str],
    contacts: str | None,
    released_by: User,
    actor: Actor | SystemActor,
    now: datetime,
) -> Edition:
    """Keep a checked rulebook's files as the programme's next edition and make the authorities it names.

    `contacts` is the text of the contacts file, which is no part of the digest; None keeps those of the
    edition before. Raises RulebookErrors; NotAllowed for who does not lead; Conflict when a colleague
    released another one in the same moment.
    """
    book = load_source(source)
    may_release(actor, book)
    if Edition.objects.filter(digest=book.digest).exists():
        raise Refused(_("这一版规则已经发布过，内容完全相同。"))
    try:
        with transaction.atomic():
            return _release(book, contacts, released_by, actor, now)
    except IntegrityError as error:
        raise Conflict(_("同事刚刚发布了新的一版。请刷新后再看。")) from error


def _release(
    book: Rulebook, contacts: str | None, released_by: User, actor: Actor | SystemActor, now: datetime
) -> Edition:
    programme, _made = Programme.objects.get_or_create(
        key=book.programme.key, defaults={"title": book.programme.award}
    )
    before = latest_edition(book.programme.key)
    listed: dict[str, Any] = before.contacts if before else {}
    if contacts is not None:
        listed = tomllib.loads(contacts)
    edition = Edition.objects.create(
        programme=programme,
        digest=book.digest,
        number=before.number + 1 if before else 1,
        source=dict(book.source),
        contacts=listed,
        supersedes=before,
        released_by=released_by,
        released_at=now,
    )
    phones = {c["authority"]: c["phone"] for c in reversed(listed.get("contacts", []))}
    sync_authorities(offices=book.authorities, phones=phones, actor=actor, now=now)
    body = {"digest": book.digest, "number": edition.number}
    audit.append(stream=f"programme:{programme.key}", act="edition.released", actor=actor, body=body, now=now)
    return edition
