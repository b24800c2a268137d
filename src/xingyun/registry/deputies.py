"""Who stands in for whom today: read for acting, for messages and for the page of people."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from xingyun import clock
from xingyun.accounts.models import User
from xingyun.audit.queries import of_streams
from xingyun.registry.actors import Actor, Seat
from xingyun.registry.models import Deputy, Membership

RELATED = ("authority", "principal", "deputy")
LABEL = 80
FOR = " 代 "


def live_deputies(on: date) -> QuerySet[Deputy]:
    """Those who may act on this day: named for it, still of the office, as is whom they stand for."""
    seats = Membership.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), valid_from__lte=on)
    own = seats.filter(user=OuterRef("deputy"), authority=OuterRef("authority"))
    theirs = seats.filter(user=OuterRef("principal"), authority=OuterRef("authority"), role=OuterRef("role"))
    named = Deputy.objects.filter(ended_at=None, first_day__lte=on, last_day__gte=on, deputy__is_active=True)
    return named.filter(Exists(own)).filter(Q(principal=None) | Exists(theirs))


def may_stand_in(user_id: int) -> QuerySet[Deputy]:
    """For whom this person may act today."""
    return live_deputies(clock.today()).filter(deputy_id=user_id).select_related(*RELATED).order_by("id")


def standing_in(user: Any, pk: int) -> Actor | None:
    """The person as it acts for another one: that seat alone, called "X 代 Y"; None where it may not."""
    if not isinstance(user, User) or not user.is_active:
        return None
    found = may_stand_in(user.pk).filter(pk=pk).first()
    if found is None:
        return None
    return Actor(user.pk, called(user, found), (seat_of(found),), stands_in=True)


def called(user: User, deputy: Deputy) -> str:
    """How the record calls whoever acts for another one."""
    return f"{user.label}{FOR}{deputy.stands_for}"[:LABEL]


def acted_for(streams: Iterable[str]) -> dict[tuple[str, datetime], str]:
    """How the record calls whoever acted for another one in these streams, by who and when (one query)."""
    found = of_streams(streams).order_by().filter(label__contains=FOR)
    return {(who, at): label for who, at, label in found.values_list("actor", "at", "label")}


def seat_of(deputy: Deputy) -> Seat:
    """The seat in which it stands in."""
    office = deputy.authority
    return Seat(office.pk, office.key, office.name, office.tier, office.parent_id, deputy.role)


def seats_lent(user_id: int) -> tuple[Seat, ...]:
    """The seats in which this person stands in today, for work that it has asked for (one query)."""
    return tuple(map(seat_of, may_stand_in(user_id)))


def deputies_of(authority_id: int, *roles: str) -> list[int]:
    """The ids of those who stand in for one of these roles in an office today, for messages to them."""
    found = live_deputies(clock.today()).filter(authority_id=authority_id, role__in=roles)
    return list(found.order_by("deputy_id").values_list("deputy_id", flat=True).distinct())
