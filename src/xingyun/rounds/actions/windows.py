"""Windows: each authority sets its own inside the round; a change keeps the one before."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xingyun.audit import actions as audit
from xingyun.audit.errors import Refused
from xingyun.registry.actors import Actor, SystemActor
from xingyun.registry.models import Authority
from xingyun.rounds.models import Round, Window
from xingyun.rounds.permissions import may_set_window
from xingyun.rounds.queries import rulebook_of
from xingyun.rulebook import Rulebook
from xingyun.rulebook.calendar import last_moment


def set_window(
    *,
    round: Round,
    authority: Authority | None,
    stage: str,
    opens: datetime,
    closes: datetime,
    reason: str = "",
    set_by_id: int,
    actor: Actor | SystemActor,
    now: datetime,
) -> Window:
    """Set when a stage is open, [opens, closes), for one authority or (None) for all.

    A change needs a reason and holds for all in its scope alike. Raises Refused with `field`.
    """
    may_set_window(actor, round, authority)
    _check(round, stage, opens, closes)
    with transaction.atomic():
        Round.objects.select_for_update().get(pk=round.pk)
        old = Window.objects.filter(round=round, authority=authority, stage=stage, replaced_at=None)
        if old.exists() and not reason.strip():
            raise Refused(_("更改已设定的时间要写明理由。"), field="reason")
        old.update(replaced_at=now)
        made = Window.objects.create(
            round=round,
            authority=authority,
            stage=stage,
            opens=opens,
            closes=closes,
            reason=reason.strip(),
            set_by_id=set_by_id,
            set_at=now,
        )
        body = {
            "authority": authority.key if authority else None,
            "stage": stage,
            "opens": opens.isoformat(),
            "closes": closes.isoformat(),
        }
        audit.append(stream=round.stream, act="window.set", actor=actor, body=body, now=now)
    return made


def move_fixed_windows(
    *, round: Round, before: Rulebook, after: Rulebook, reason: str, now: datetime
) -> None:
    """Part of an amendment: stages whose dates stand in the rulebook have those of the new edition.

    What offices set by themselves stays. Stages of which the two editions say the same stay, too.
    """
    for stage in after.windows:
        dates = after.fixed_window(stage.key)
        if dates is None or dates == before.fixed_window(stage.key):
            continue
        common = Window.objects.filter(round=round, authority=None, stage=stage.key, replaced_at=None)
        common.update(replaced_at=now)
        Window.objects.create(
            round=round, stage=stage.key, opens=dates[0], closes=dates[1], reason=reason[:500], set_at=now
        )


def _check(round: Round, stage: str, opens: datetime, closes: datetime) -> None:
    if opens >= closes:
        raise Refused(_("截止时间要晚于开始时间。"), field="closes")
    book = rulebook_of(round.edition)
    if stage not in {w.key for w in book.windows}:
        raise Refused(_("本轮规则里没有这个阶段。"), field="stage")
    before = book.window(stage).before
    if before is None:
        return
    deadline = book.deadline(before)
    end = last_moment(deadline.on, book.programme.timezone, inclusive=deadline.inclusive)
    if closes > end:
        said = _("截止时间不能晚于%(name)s（%(day)s 24:00）。") % {"name": deadline.label, "day": deadline.on}
        raise Refused(said, clause=deadline.clause[0], field="closes")
