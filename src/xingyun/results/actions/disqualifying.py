"""Disqualification, and the title that goes with it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xingyun.applications.actions import transitions
from xingyun.applications.models import Application
from xingyun.applications.states import State
from xingyun.audit.errors import Refused
from xingyun.registry import actions as registry
from xingyun.registry.actors import Actor
from xingyun.results.actions.counting import ask_for_statistics
from xingyun.results.models import Award, NoticeLine
from xingyun.results.permissions import may_disqualify
from xingyun.reviews.actions import revoke_all
from xingyun.reviews.actions.holding import hold
from xingyun.reviews.actions.telling import tell_applicant
from xingyun.rounds.queries import rulebook_of


def disqualify(*, application: Application, reason: str, clause: str, actor: Actor, now: datetime) -> None:
    """Disqualify for proven fraud and the like, with reason and clause.

    Before the award its places are free again and its name is struck; after it the title is revoked.
    """
    may_disqualify(actor, application)
    reason = reason.strip()
    if not reason:
        raise Refused(_("请写明取消资格的事实和理由。"), field="reason")
    if clause not in {c.ref for c in rulebook_of(application.edition).clauses}:
        raise Refused(_("请选择所依据的条款。"), field="clause")
    with transaction.atomic():
        held = hold(application)
        if held.state == State.AWARDED:
            _revoke_title(held, actor, now)
        else:
            lines = NoticeLine.objects.filter(application=held, struck_at=None)
            lines.update(struck_at=now, reason=reason[:1000])
            revoke_all(application=held, reason=reason, actor=actor, now=now)
        tell_applicant(
            application=held,
            step="disqualified",
            subject=_("申请资格已取消"),
            body=_("%(number)s 已取消资格〔%(clause)s〕：%(reason)s")
            % {"number": held.number, "clause": clause, "reason": reason},
            now=now,
        )
        transitions.move(
            application=held, to=State.DISQUALIFIED, actor=actor, now=now, reason=reason[:2000], clause=clause
        )


def _revoke_title(application: Application, actor: Actor, now: datetime) -> None:
    award = Award.objects.select_related("title__enterprise").filter(application=application).first()
    if award is not None and award.title.revoked_at is None:
        registry.revoke_title(title=award.title, actor=actor, now=now)
        ask_for_statistics(round_id=application.round_id, now=now)
