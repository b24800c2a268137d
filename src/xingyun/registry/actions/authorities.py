"""Authorities come from the edition that is released; people are seated in them."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Protocol

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from xingyun.accounts import actions as accounts
from xingyun.accounts.models import User
from xingyun.audit import Acting
from xingyun.audit import actions as audit
from xingyun.audit.errors import Refused
from xingyun.clock import ZONE
from xingyun.registry.actors import Actor, SystemActor
from xingyun.registry.models import Authority, Membership
from xingyun.registry.permissions import may_seat
from xingyun.registry.queries import live_seats
from xingyun.registry.states import Role


class Office(Protocol):
    """An authority as a rulebook describes it."""

    @property
    def key(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def tier(self) -> str: ...
    @property
    def parent(self) -> str | None: ...
    @property
    def division_code(self) -> str | None: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...
    @property
    def issuer(self) -> str: ...
    @property
    def co_issuer(self) -> str | None: ...


def sync_authorities(
    *, offices: Iterable[Office], phones: Mapping[str, str], actor: Acting, now: datetime
) -> dict[str, Authority]:
    """Make or rename the authorities that an edition names, parents first; none is ever removed.

    Programmes share offices: what an edition says nothing of (co-issuer, telephone) stays as it is known.
    """
    known: dict[str, Authority] = {}
    waiting = list(offices)
    with transaction.atomic():
        while waiting:
            ready = [o for o in waiting if o.parent is None or o.parent in known]
            for office in ready:
                known[office.key] = _sync(office, known.get(office.parent or ""), phones.get(office.key, ""))
            waiting = [o for o in waiting if o.key not in known]
        audit.append(
            stream="registry", act="authorities.synced", actor=actor, body={"keys": sorted(known)}, now=now
        )
    return known


def _sync(office: Office, parent: Authority | None, phone: str) -> Authority:
    said = {
        "code": office.division_code,
        "co_issuer": office.co_issuer,
        "aliases": list(office.aliases),
        "phone": phone,
    }
    found, _made = Authority.objects.update_or_create(
        key=office.key,
        defaults={
            "parent": parent,
            "tier": office.tier,
            "name": office.label,
            "issuer": office.issuer,
            **{column: value for column, value in said.items() if value},
        },
    )
    return found


def add_seat(
    *, user: User, authority: Authority, role: str, actor: Actor | SystemActor, now: datetime
) -> Membership:
    """Give a person a role in an authority from today. Raises Refused when it has it already."""
    if isinstance(actor, Actor):
        may_seat(actor, authority)
    try:
        with transaction.atomic():
            seat = Membership.objects.create(
                user=user, authority=authority, role=role, valid_from=now.astimezone(ZONE).date()
            )
            body = {"user": user.audit_id, "role": role}
            audit.append(
                stream=f"authority:{authority.key}", act="seat.added", actor=actor, body=body, now=now
            )
    except IntegrityError as error:
        raise Refused(_("这个人已经有这个岗位。")) from error
    return seat


def dismiss(*, user: User, actor: Actor | SystemActor, now: datetime) -> list[Membership]:
    """End all seats of a person who leaves and disable the account; what it did stays on record.

    A seat that began today counts until midnight, though nobody can sign in for it. Returns the seats. Raises
    Refused where there are none, and for the last administrator.
    """
    today = now.astimezone(ZONE).date()
    with transaction.atomic():
        held = live_seats(today)
        # Before his seats are read: a second who dismisses him as well finds them ended.
        admins = _hold_admins(held)
        own = list(held.filter(user=user).select_related("authority").order_by("id"))
        if not own:
            raise Refused(_("“%s”没有席位。") % user.username)
        if admins == {user.pk}:
            raise Refused(_("“%s”是最后一位系统管理员。请先设另一位。") % user.username)
        for seat in own:
            _end(seat, user, actor, now)
        accounts.disable(user=user)
    return own


def _hold_admins(held: QuerySet[Membership]) -> set[int]:
    """Who administers now; of two who leave at one moment the second waits here and finds itself the last."""
    seats = held.filter(role=Role.ADMIN, user__is_active=True).select_related("user").order_by("id")
    return {seat.user_id for seat in seats.select_for_update()}


def _end(seat: Membership, user: User, actor: Actor | SystemActor, now: datetime) -> None:
    if isinstance(actor, Actor):
        may_seat(actor, seat.authority)
    seat.valid_to = max(now.astimezone(ZONE).date(), seat.valid_from + timedelta(days=1))
    seat.save(update_fields=["valid_to"])
    body = {"user": user.audit_id, "role": seat.role, "to": seat.valid_to.isoformat()}
    stream = f"authority:{seat.authority.key}"
    audit.append(stream=stream, act="seat.ended", actor=actor, body=body, now=now)
