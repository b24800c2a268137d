"""Releasing a rulebook: from then on it is an edition, word for word, under its digest."""

import tomllib
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xingyun.accounts.models import User
from xingyun.audit import actions as audit
from xingyun.audit.errors import Refused
from xingyun.registry.actions import sync_authorities
from xingyun.registry.actors import Actor, SystemActor
from xingyun.registry.models import Authority
from xingyun.rounds.models import Edition, Programme
from xingyun.rounds.permissions import may_lead
from xingyun.rulebook import load_source


def release_edition(
    *, source: Mapping[str, str], contacts: str, released_by: User, actor: Actor | SystemActor, now: datetime
) -> Edition:
    """Keep a checked rulebook's files as the programme's next edition and make the authorities it names.

    `contacts` is the text of the contacts file, which is no part of the digest. Raises RulebookErrors.
    """
    book = load_source(source)
    if Edition.objects.filter(digest=book.digest).exists():
        raise Refused(_("这一版规则已经发布过，内容完全相同。"))
    with transaction.atomic():
        top = next(a for a in book.authorities if a.parent is None)
        leading = Authority.objects.filter(key=top.key).first()
        if leading is not None:
            may_lead(actor, leading)
        programme, _made = Programme.objects.get_or_create(
            key=book.programme.key, defaults={"title": book.programme.award}
        )
        before = Edition.objects.filter(programme=programme).order_by("-number").first()
        edition = Edition.objects.create(
            programme=programme,
            digest=book.digest,
            number=before.number + 1 if before else 1,
            source=dict(source),
            contacts=tomllib.loads(contacts),
            supersedes=before,
            released_by=released_by,
            released_at=now,
        )
        listed = tomllib.loads(contacts)
        phones = {c["authority"]: c["phone"] for c in reversed(listed.get("contacts", []))}
        sync_authorities(offices=book.authorities, phones=phones, actor=actor, now=now)
        body = {"digest": book.digest, "number": edition.number}
        audit.append(
            stream=f"programme:{programme.key}", act="edition.released", actor=actor, body=body, now=now
        )
    return edition
