"""A round is planned, opened with its places, and closed."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xingyun.audit import actions as audit
from xingyun.audit.errors import Conflict, Refused
from xingyun.registry.actors import Actor, SystemActor
from xingyun.registry.models import Authority
from xingyun.rounds.actions.places import ensure_lines
from xingyun.rounds.models import Edition, Programme, Round, Window
from xingyun.rounds.permissions import may_lead
from xingyun.rounds.queries import rulebook_of
from xingyun.rounds.states import RoundState


def plan_round(
    *, edition: Edition, year: int, authority: Authority, actor: Actor | SystemActor, now: datetime
) -> Round:
    """Prepare the next round of a year under one edition; nothing is open yet.

    Windows whose dates the rulebook fixes are there from the start; the others are set by their offices.
    """
    may_lead(actor, authority)
    with transaction.atomic():
        # Held until the commit: two that are planned at once have two numbers.
        Programme.objects.select_for_update(no_key=True).get(pk=edition.programme_id)
        known = Round.objects.filter(programme=edition.programme, year=year).count()
        made = Round.objects.create(
            programme=edition.programme, edition=edition, authority=authority, year=year, number=known + 1
        )
        body = {"edition": edition.digest, "year": year, "number": made.number}
        audit.append(stream=made.stream, act="round.planned", actor=actor, body=body, now=now)
        _fix_windows(made, now)
    return made


def _fix_windows(round: Round, now: datetime) -> None:
    book = rulebook_of(round.edition)
    fixed = {stage.key: book.fixed_window(stage.key) for stage in book.windows}
    Window.objects.bulk_create(
        Window(round=round, stage=key, opens=dates[0], closes=dates[1], set_at=now)
        for key, dates in fixed.items()
        if dates
    )


def open_round(*, round: Round, actor: Actor | SystemActor, now: datetime) -> None:
    """Open the round: places are set from the released snapshots. Windows may come before or after."""
    may_lead(actor, round.authority)
    try:
        with transaction.atomic():
            changed = Round.objects.filter(pk=round.pk, state=RoundState.PLANNED).update(
                state=RoundState.OPEN, opened_at=now
            )
            if not changed:
                raise Conflict(_("这个批次已经开启过。"))
            ensure_lines(round=round)
            audit.append(stream=round.stream, act="round.opened", actor=actor, body={}, now=now)
    except IntegrityError as error:
        raise Refused(_("同一项目只能有一个进行中的批次，请先结束上一批次。")) from error
    round.refresh_from_db()


def close_round(*, round: Round, actor: Actor | SystemActor, now: datetime) -> None:
    """End the round after its results are announced."""
    may_lead(actor, round.authority)
    with transaction.atomic():
        changed = Round.objects.filter(pk=round.pk, state=RoundState.OPEN).update(
            state=RoundState.CLOSED, closed_at=now
        )
        if not changed:
            raise Conflict(_("这个批次不在进行中。"))
        audit.append(stream=round.stream, act="round.closed", actor=actor, body={}, now=now)
    round.refresh_from_db()
