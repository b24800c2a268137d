"""Reading the registry."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import BigIntegerField, CharField, Count, DateField, Q, QuerySet

from xingyun import clock
from xingyun.accounts.models import User
from xingyun.prepared import Parameter, Prepared
from xingyun.registry.actors import ANONYMOUS, Actor, Post, Seat
from xingyun.registry.deputies import deputies_of, seats_lent
from xingyun.registry.models import (
    Authority,
    Enterprise,
    Invitation,
    Member,
    Membership,
    RosterEntry,
    RosterImport,
    RosterRuling,
    Sanction,
    SearchText,
    Snapshot,
    Takeover,
    Title,
)
from xingyun.registry.searching import Holds, asked, plain
from xingyun.registry.states import EnterpriseState, Role, RosterState, TakeoverState

_SEAT = (
    "authority_id",
    "authority__key",
    "authority__name",
    "authority__tier",
    "authority__parent_id",
    "role",
)
_POST = ("enterprise_id", "enterprise__name", "enterprise__state", "role")


def actor_for(user: Any, unread: int = 0) -> Actor:
    """The acting person behind a signed-in user, with its live seats and its enterprises (two queries)."""
    if not isinstance(user, User) or not user.is_active:
        return ANONYMOUS
    seats = _SEATS(user=user.pk, on=clock.today())
    posts = _POSTS(user=user.pk)
    return Actor(
        user.pk, user.label, tuple(Seat(*row) for row in seats), tuple(Post(*row) for row in posts), unread
    )


def actor_at_work(user: Any) -> Actor:
    """The person behind work that was asked for: with its own seats and those in which it stands in today."""
    own = actor_for(user)
    lent = seats_lent(own.user_id) if own.user_id else ()
    return replace(own, seats=(*own.seats, *lent)) if lent else own


def live_seats(on: date | Parameter) -> QuerySet[Membership]:
    """The seats that are held on this day."""
    return Membership.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), valid_from__lte=on)


# Asked with every request of a signed-in person.
_SEATS: Prepared[Any] = Prepared(
    lambda: (
        live_seats(Parameter("on", DateField()))
        .filter(user_id=Parameter("user", BigIntegerField()))
        .order_by("id")
        .values_list(*_SEAT)
    )
)
_POSTS: Prepared[Any] = Prepared(
    lambda: (
        Member.objects.filter(user_id=Parameter("user", BigIntegerField())).order_by("id").values_list(*_POST)
    )
)


def people_of(authority_id: int, *roles: str) -> list[int]:
    """The ids of those who hold one of these roles in the authority today, or stand in for who does.

    For messages to them.
    """
    seats = live_seats(clock.today()).filter(authority_id=authority_id, role__in=roles)
    own = list(seats.order_by("user_id").values_list("user_id", flat=True).distinct())
    return list(dict.fromkeys([*own, *deputies_of(authority_id, *roles)]))


def members_of(enterprise_id: int) -> list[int]:
    """The ids of the people who fill in for an enterprise."""
    return list(
        Member.objects.filter(enterprise_id=enterprise_id).order_by("id").values_list("user_id", flat=True)
    )


def members_of_all(enterprises: Iterable[int]) -> list[int]:
    """The ids of the people who fill in for any of these enterprises, each once."""
    known = Member.objects.filter(enterprise_id__in=set(enterprises))
    return sorted(set(known.values_list("user_id", flat=True)))


def authority(key: str) -> Authority:
    """The authority of this key; raises Authority.DoesNotExist."""
    return Authority.objects.get(key=key)


def children(parent: Authority) -> QuerySet[Authority]:
    """The authorities right below."""
    return Authority.objects.filter(parent=parent).order_by("id")


def oversees(actor: Actor) -> tuple[int, ...]:
    """The ids of the authorities in which this person works or whose upper authority it serves.

    Enough for two neighbouring tiers; an auditor sees all and is asked for separately.
    """
    own = actor.authorities(Role.PREPARER, Role.REVIEWER, Role.SIGNATORY, Role.READER)
    below = Authority.objects.filter(parent_id__in=own).values_list("id", flat=True)
    return (*own, *below)


def enterprises_of(actor: Actor) -> QuerySet[Enterprise]:
    """The enterprises that this person fills in for."""
    return Enterprise.objects.filter(id__in=[post.enterprise_id for post in actor.posts]).order_by("id")


def holding(text: str) -> QuerySet[SearchText]:
    """The texts of enterprises that hold this one, read one by one: for where most of them do."""
    return SearchText.objects.filter(words__contains=plain(text)).order_by()


def found_by(text: str, most: int) -> list[int]:
    """The ids of enterprises whose name, pinyin, initials or code hold this text, at most so many (a query).

    A text of less than two letters, characters or digits finds nobody.
    """
    pieces = asked(text)
    if not pieces:
        return []
    return list(holding(text).filter(Holds(pieces)).values_list("enterprise_id", flat=True)[:most])


def registrations(actor: Actor, state: str = EnterpriseState.PENDING) -> QuerySet[Enterprise]:
    """The registrations in this state at this person's authorities; auditors see those of all."""
    found = Enterprise.objects.filter(state=state)
    if not actor.is_auditor:
        own = actor.authorities(Role.PREPARER, Role.REVIEWER, Role.SIGNATORY)
        found = found.filter(authority_id__in=own)
    return found.select_related("authority", "licence", "authorisation").order_by("created_at", "id")


def people_of_all(enterprises: Iterable[int]) -> QuerySet[Member]:
    """Who acts for these enterprises, holders first."""
    known = Member.objects.filter(enterprise_id__in=list(enterprises))
    return known.select_related("user", "enterprise").order_by("role", "id")


def waiting_invitations(enterprises: Iterable[int], now: datetime) -> QuerySet[Invitation]:
    """The invitations to these enterprises that still work, newest first."""
    live = Invitation.objects.filter(enterprise_id__in=list(enterprises), ended_at=None, expires_at__gt=now)
    return live.select_related("enterprise").order_by("-id")


def invitation(token_digest: str, now: datetime) -> Invitation | None:
    """The invitation that works with the token of this digest."""
    live = Invitation.objects.filter(digest=token_digest, ended_at=None, expires_at__gt=now)
    return live.select_related("enterprise").first()


def takeovers(actor: Actor, state: str = TakeoverState.OPEN) -> QuerySet[Takeover]:
    """The claims in this state at this person's authorities, oldest first; auditors see those of all."""
    found = Takeover.objects.filter(state=state)
    if not actor.is_auditor:
        own = actor.authorities(Role.PREPARER, Role.REVIEWER, Role.SIGNATORY)
        found = found.filter(enterprise__authority_id__in=own)
    return found.select_related("enterprise__authority").order_by("filed_at", "id")


def takeovers_on(actor: Actor) -> QuerySet[Takeover]:
    """The open claims on enterprises that this person acts for now."""
    own = [post.enterprise_id for post in actor.posts]
    found = Takeover.objects.filter(enterprise_id__in=own, state=TakeoverState.OPEN)
    return found.select_related("enterprise__authority").order_by("id")


def own_takeovers(actor: Actor) -> QuerySet[Takeover]:
    """The claims that this person has filed, newest first."""
    found = Takeover.objects.filter(claimant_id=actor.user_id)
    return found.select_related("enterprise__authority").order_by("-id")


def roster(of: Authority) -> QuerySet[RosterEntry]:
    """The live entries of an authority's roster."""
    return RosterEntry.objects.filter(authority=of, delisted_on=None).order_by("id")


def delisted(of: Authority) -> QuerySet[RosterEntry]:
    """The entries that were taken out of an authority's roster."""
    return RosterEntry.objects.filter(authority=of, delisted_on__isnull=False).order_by("id")


def imports(of: Authority) -> QuerySet[RosterImport]:
    """The tables that were handed in for an authority's roster, newest first."""
    known = RosterImport.objects.filter(authority=of).defer("preview", "refusals")
    return known.select_related("asked_by").order_by("-id")


def above(authorities: Iterable[int]) -> set[int]:
    """The ids of the authorities above all of these; one that has nobody above stands for itself."""
    return common(lines_above(), authorities)


def lines_above() -> dict[int, set[int]]:
    """The ids of the authorities above each one; one that has nobody above stands for itself (a query)."""
    parents = dict(Authority.objects.values_list("id", "parent_id"))

    def line(one: int) -> set[int]:
        up, found = parents[one], set[int]()
        while up is not None:
            found.add(up)
            up = parents[up]
        return found or {one}

    return {one: line(one) for one in parents}


def common(lines: Mapping[int, set[int]], authorities: Iterable[int]) -> set[int]:
    """Who stands above all of these."""
    known = [lines[one] for one in authorities]
    return set.intersection(*known) if known else set()


def claims(actor: Actor) -> QuerySet[RosterEntry]:
    """The entries whose codes another authority lists too and that this person's offices oversee."""
    found = RosterEntry.objects.filter(state=RosterState.DISPUTED, delisted_on=None)
    if not actor.is_auditor:
        found = found.filter(authority__in=oversees(actor))
    return found.order_by("uscc", "authority_id")


def claimants(codes: Iterable[str]) -> dict[str, list[RosterEntry]]:
    """All entries that claim these codes, by code, whichever authority's they are."""
    known = RosterEntry.objects.filter(uscc__in=list(codes), state=RosterState.DISPUTED, delisted_on=None)
    found: dict[str, list[RosterEntry]] = {}
    for entry in known.select_related("authority").order_by("authority_id"):
        found.setdefault(entry.uscc, []).append(entry)
    return found


def rulings(actor: Actor) -> QuerySet[RosterRuling]:
    """What was ruled of codes that were claimed twice, for the authorities that this person oversees."""
    found = RosterRuling.objects.select_related("authority", "ruled_by").order_by("-id")
    return found if actor.is_auditor else found.filter(authority__in=oversees(actor))


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One authority's roster in numbers, with the snapshot of the year if it was released."""

    authority: Authority
    counted: int
    disputed: int
    snapshot: Snapshot | None


def rosters(of: Iterable[Authority], year: int) -> list[RosterLine]:
    """The rosters of these authorities in numbers (two queries, however many)."""
    authorities = list(of)
    counts = {
        row["authority_id"]: row
        for row in RosterEntry.objects.filter(authority__in=authorities, delisted_on=None)
        .values("authority_id")
        .annotate(
            counted=Count("id", filter=Q(state=RosterState.COUNTED)),
            disputed=Count("id", filter=Q(state=RosterState.DISPUTED)),
        )
    }
    snapshots = {s.authority_id: s for s in Snapshot.objects.filter(authority__in=authorities, year=year)}
    none = {"counted": 0, "disputed": 0}
    return [
        RosterLine(
            a, counts.get(a.pk, none)["counted"], counts.get(a.pk, none)["disputed"], snapshots.get(a.pk)
        )
        for a in authorities
    ]


def held_titles(enterprise: Enterprise, programme: str, on: date) -> list[Title]:
    """The titles that an enterprise holds on this day, highest first."""
    return _TITLES(enterprise=enterprise.pk, programme=programme, on=on)


_TITLES: Prepared[Title] = Prepared(
    lambda: Title.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=Parameter("on", DateField())),
        enterprise_id=Parameter("enterprise", BigIntegerField()),
        programme=Parameter("programme", CharField()),
        revoked_at=None,
        valid_from__lte=Parameter("on", DateField()),
    ).order_by("-rank", "-id")
)


def sanctions(enterprise: Enterprise, on: date) -> list[Sanction]:
    """The sanctions that an enterprise is under on this day."""
    return list(
        Sanction.objects.filter(
            Q(valid_to=None) | Q(valid_to__gt=on), enterprise=enterprise, valid_from__lte=on
        ).order_by("id")
    )


def shut_out(uscc: str, programme: str, on: date) -> Sanction | None:
    """The stay on the blacklist that shuts this code out of a programme on this day (one query)."""
    return shut_out_of([uscc], programme, on).get(uscc)


def shut_out_of(codes: Iterable[str], programme: str, on: date) -> dict[str, Sanction]:
    """The stays on the blacklist that shut some of these codes out of a programme, by code (one query)."""
    live = Sanction.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), valid_from__lte=on)
    wanted, found = set(codes), dict[str, Sanction]()
    # A blacklist is short: reading it whole costs less than asking for a thousand codes.
    for one in live.select_related("enterprise", "provider").order_by("id"):
        subject = one.enterprise or one.provider
        if subject is not None and subject.uscc in wanted and programme in one.programmes:
            found.setdefault(subject.uscc, one)
    return found
