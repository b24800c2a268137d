"""An office words its papers: every version stays, the newest holds for what is issued from now on."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xingyun.audit import actions as audit
from xingyun.audit.errors import Conflict, Refused
from xingyun.papers.models import Wording
from xingyun.papers.permissions import may_word
from xingyun.papers.queries.fonts import refuse_boxes
from xingyun.papers.queries.wording import kind_of, sound, worded_by
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority


def word(
    *, authority: Authority, kind: str, typed: Mapping[str, str], seen: int, actor: Actor, now: datetime
) -> Wording:
    """Word a kind of paper anew; `seen` is the version that the writer had before him.

    Raises Refused with `field` for a text that can't be filled, Conflict when a colleague wrote meanwhile.
    """
    may_word(actor, authority)
    of = kind_of(authority, kind)
    texts = sound(of, typed)
    refuse_boxes(texts)
    return _write(authority, kind, texts, seen, actor, now)


def word_as_usual(*, authority: Authority, kind: str, seen: int, actor: Actor, now: datetime) -> Wording:
    """Go back to the usual wording; what was written stays on record."""
    may_word(actor, authority)
    if not worded_by(authority, kind_of(authority, kind)).own:
        raise Refused(_("现在用的就是通用文本。"))
    return _write(authority, kind, {}, seen, actor, now)


def _write(
    authority: Authority, kind: str, texts: dict[str, str], seen: int, actor: Actor, now: datetime
) -> Wording:
    late = Conflict(_("同事刚刚改过这份用语。请先看看他改的，再决定怎么写；您写的还在下面。"))
    if worded_by(authority, kind_of(authority, kind)).version != seen:
        raise late
    try:
        with transaction.atomic():
            made = Wording.objects.create(
                authority=authority,
                kind=kind,
                version=seen + 1,
                texts=texts,
                written_by_id=actor.person,
                written_at=now,
            )
            body = {"kind": kind, "version": made.version, "texts": texts}
            stream = f"authority:{authority.key}"
            audit.append(stream=stream, act="wording.written", actor=actor, body=body, now=now)
    except IntegrityError as error:
        raise late from error
    return made
