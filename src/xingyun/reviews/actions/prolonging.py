"""Dates that change while a round runs: set as `rounds` sets them, and told to whom they concern."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xingyun.clock import ZONE
from xingyun.messages import actions as messages
from xingyun.registry.actors import OFFICIAL, Actor
from xingyun.registry.models import Authority
from xingyun.registry.queries import members_of_all, people_of
from xingyun.registry.states import Role
from xingyun.reviews.permissions import say
from xingyun.reviews.queries.circulars import beginners
from xingyun.reviews.queries.sheets import moment
from xingyun.rounds import actions as rounds
from xingyun.rounds.models import Extension, Round, Window
from xingyun.rounds.queries import rulebook_of, window, windows_of
from xingyun.rounds.states import RoundState
from xingyun.rulebook import Rulebook

# Finance countersigns before the report is due.
REPORTING = (*OFFICIAL, Role.COUNTERSIGNER)


def change_window(
    *,
    round: Round,
    authority: Authority | None,
    stage: str,
    opens: datetime,
    closes: datetime,
    reason: str = "",
    actor: Actor,
    now: datetime,
) -> Window:
    """Set when a stage is open, for one authority or (None) for all that have set nothing of their own.

    Where that changes dates of a running round, the enterprises that have begun and not handed in are told,
    and the officers of the offices concerned. Raises what `rounds.actions.set_window` raises.
    """
    with transaction.atomic():
        before = window(round, authority, stage)
        made = rounds.set_window(
            round=round,
            authority=authority,
            stage=stage,
            opens=opens,
            closes=closes,
            reason=reason,
            set_by_id=actor.person,
            actor=actor,
            now=now,
        )
        if round.state == RoundState.OPEN and before is not None and _dates(before) != _dates(made):
            _tell_window(made, before, _concerned(made, rulebook_of(round.edition)), now)
    return made


def extend_reporting(
    *,
    round: Round,
    deadline: str,
    authority: Authority | None,
    until: datetime,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Extension:
    """More time for the reports of one authority or (None) of all that a deadline binds, and they are told.

    Raises what `rounds.actions.extend_reporting` raises.
    """
    with transaction.atomic():
        made = rounds.extend_reporting(
            round=round,
            deadline=deadline,
            authority=authority,
            until=until,
            reason=reason,
            actor=actor,
            now=now,
        )
        book = rulebook_of(round.edition)
        tiers = {rule.from_ for rule in book.reports if rule.deadline == deadline}
        offices = [authority] if authority else list(Authority.objects.filter(tier__in=tiers))
        said = _("%(what)s延长到 %(until)s。理由：%(reason)s")
        name = say(book.deadline(deadline).name)
        values = {"what": name, "until": moment(until), "reason": made.reason}
        messages.send(
            to=_officers(offices, REPORTING),
            subject=_("上报期限延长"),
            body=said % values,
            link=f"/officials/rounds/{round.uid}/timeline/",
            about=round.stream,
            dedupe_key=f"extension:{made.pk}",
            now=now,
            office=round.authority_id,
        )
    return made


def _concerned(made: Window, book: Rulebook) -> list[Authority]:
    """The offices for which a window holds: its own, or all that have none of their own."""
    if made.authority is not None:
        return [made.authority]
    live = (one for one in windows_of(made.round) if one.stage == made.stage)
    own = [one.authority_id for one in live if one.authority_id is not None]
    above = {one.parent for one in book.authorities}
    keys = [one.key for one in book.authorities if one.key not in above]
    return list(Authority.objects.filter(key__in=keys).exclude(pk__in=own))


def _tell_window(made: Window, before: Window, offices: list[Authority], now: datetime) -> None:
    longer = made.closes > before.closes
    given: dict[str, Any] = {
        "subject": _("填报截止延长") if longer else _("填报时间更改"),
        "body": _window_words(made, before),
        "about": made.round.stream,
        "now": now,
        "office": made.authority_id or made.round.authority_id,
    }
    key = f"window:{made.pk}"
    people = members_of_all(beginners(offices, made.round))
    messages.send(to=people, link="/enterprise/", dedupe_key=f"{key}:applicants", **given)
    link = f"/officials/rounds/{made.round.uid}/timeline/"
    messages.send(to=_officers(offices, tuple(OFFICIAL)), link=link, dedupe_key=f"{key}:offices", **given)


def _window_words(made: Window, before: Window) -> str:
    if made.opens == before.opens:
        said = _("%(stage)s现在到 %(closes)s 截止（原来 %(before)s）。理由：%(reason)s")
    else:
        said = _("%(stage)s改为 %(opens)s 开始，%(closes)s 截止（原来 %(before)s）。理由：%(reason)s")
    return said % {
        "stage": say(rulebook_of(made.round.edition).window(made.stage).name),
        "opens": f"{made.opens.astimezone(ZONE):%Y-%m-%d %H:%M}",
        "closes": moment(made.closes),
        "before": moment(before.closes),
        "reason": made.reason or _("没有写"),
    }


def _officers(offices: Iterable[Authority], roles: tuple[str, ...]) -> list[int]:
    return list(dict.fromkeys(user for office in offices for user in people_of(office.pk, *roles)))


def _dates(window: Window) -> tuple[datetime, datetime]:
    return window.opens, window.closes
