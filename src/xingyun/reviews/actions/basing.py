"""An office publishes by what it puts applicants in order, before anybody can hand in."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xingyun.audit import actions as audit
from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority
from xingyun.reviews.actions.reasons import within
from xingyun.reviews.models import RankingBasis
from xingyun.reviews.permissions import serving
from xingyun.reviews.queries.basis import MEETING, keys_for, opened_at, ranks
from xingyun.rounds.models import Round
from xingyun.rounds.queries import rulebook_of
from xingyun.rounds.states import RoundState
from xingyun.rulebook import Rulebook

LONGEST = 500


def publish_basis(
    *,
    round: Round,
    authority: Authority,
    by: Sequence[str],
    words: str = "",
    reason: str = "",
    seen: int | None,
    actor: Actor,
    now: datetime,
) -> RankingBasis:
    """Publish the order of an office; a change needs a reason, and once its window has opened there is none.

    `seen` is the basis that the page showed, if any. Raises NotAllowed, Refused with `field`, Conflict.
    """
    serving(actor, authority.pk)
    book = rulebook_of(round.edition)
    _check(book, authority, by)
    words, reason = (within(words, most=LONGEST, field="words"), within(reason, most=LONGEST))
    with transaction.atomic():
        # Held as for windows: nobody opens one in between.
        held = Round.objects.select_for_update().get(pk=round.pk)
        _before_opening(held, authority, book, now)
        live = RankingBasis.objects.filter(round=round, authority=authority, replaced_at=None)
        old = live.first()
        if (old.pk if old else None) != seen:
            raise Conflict(_("同事刚刚公布了排序办法。请刷新后再看。"))
        if old is not None and not reason:
            raise Refused(_("更改已公布的排序办法要写明理由，公开可见。"), field="reason")
        live.update(replaced_at=now)
        made = RankingBasis.objects.create(
            round=round,
            authority=authority,
            by=list(by),
            words=words,
            reason=reason if old else "",
            set_by_id=actor.person,
            set_at=now,
        )
        body = {"authority": authority.key, "by": list(by), "supersedes": old.pk if old else None}
        audit.append(stream=round.stream, act="ranking.published", actor=actor, body=body, now=now)
    return made


def _check(book: Rulebook, authority: Authority, by: Sequence[str]) -> None:
    known = keys_for(book)
    if not ranks(book, authority):
        raise NotAllowed(_("本单位在这一批次不评定也不推荐。"))
    clause = book.ranking.clause if book.ranking else ""
    if not known:
        raise Refused(_("本轮规则已经定了排序办法，各单位不另定。"), clause=clause)
    if not by or by[0] not in known:
        raise Refused(_("请选按什么排序。"), field="first")
    # What is equal may be told apart by the moment of handing in, too; a meeting is no second key.
    rest = {*known, "submitted_at"} - {MEETING, by[0]}
    if any(key not in rest for key in by[1:]) or len(set(by)) != len(by):
        raise Refused(_("请另选相同时看什么，不能和前一项一样。"), field="second")


def _before_opening(round: Round, authority: Authority, book: Rulebook, now: datetime) -> None:
    clause = book.ranking.clause if book.ranking else ""
    if round.state == RoundState.CLOSED:
        raise Refused(_("批次已经结束。"), clause=clause)
    if opened_at(round, authority, now) is not None:
        said = _("企业已经可以填报，排序办法不能再公布或更改。没有另行公布的，按本轮规则写明的办法。")
        raise Refused(said, clause=clause)
