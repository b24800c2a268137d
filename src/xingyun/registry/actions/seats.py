"""People are given seats in authorities, and leave them; what they did stays on record."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from xingyun.accounts import actions as accounts
from xingyun.accounts.models import User
from xingyun.audit import Acting
from xingyun.audit import actions as audit
from xingyun.audit.errors import Conflict, Refused
from xingyun.clock import calendar_day
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority, Member, Membership
from xingyun.registry.permissions import may_seat
from xingyun.registry.queries import live_seats
from xingyun.registry.states import Role


def add_seat(*, user: User, authority: Authority, role: str, actor: Acting, now: datetime) -> Membership:
    """Give a person a role in an authority from today. Raises Refused when it has it, or is oneself."""
    _may(user, actor)
    try:
        with transaction.atomic():
            seat = Membership.objects.create(user=user, authority=authority, role=role, valid_from=_day(now))
            _record(seat, "seat.added", actor, now)
    except IntegrityError as error:
        raise Refused(_("这个人已经有这个席位。")) from error
    return seat


def seat_person(
    *, username: str, said: Mapping[str, str], authority: Authority, role: str, actor: Acting, now: datetime
) -> tuple[Membership, str]:
    """A seat for whoever has this login; who has no account, or a disabled one, gets a password.

    `said` is what a new account is told of (name, post, email, phone). Returns the seat, and the password
    that is shown this once ("": the person has its own). Raises Refused with `field`.
    """
    with transaction.atomic():
        user = User.objects.filter(username=username.strip()).first()
        password = ""
        if user is None:
            post = said.get("post") or f"{authority.name}{Role(role).label}岗"
            user, password = accounts.open_account(username=username, said={**said, "post": post}, now=now)
        elif Member.objects.filter(user=user).exists():
            raise Refused(_("“%s”是企业的账号，不能设席位。") % user.username, field="username")
        elif not user.is_active:
            password = accounts.enable(user=user)
        seat = add_seat(user=user, authority=authority, role=role, actor=actor, now=now)
    return seat, password


def end_seat(*, seat: Membership, actor: Acting, now: datetime) -> bool:
    """End one seat at once; with its last one a person's account is disabled, which is what it returns.

    Raises Refused for the last administrator's and for one's own, Conflict where it has ended.
    """
    with transaction.atomic():
        own = _hold(seat.user, actor, now)
        if seat.pk not in {one.pk for one in own}:
            raise Conflict(_("这个席位已经结束。"))
        return _end([one for one in own if one.pk == seat.pk], own, actor, now)


def dismiss(*, user: User, actor: Acting, now: datetime) -> list[Membership]:
    """End all seats of a person who leaves and disable the account. Returns the seats.

    Raises Refused where there are none, for the last administrator, and for oneself.
    """
    with transaction.atomic():
        own = _hold(user, actor, now)
        if not own:
            raise Refused(_("“%s”没有席位。") % user.username)
        _end(own, own, actor, now)
    return own


def _hold(user: User, actor: Acting, now: datetime) -> list[Membership]:
    """The seats that this person has today, while nobody else can end any of an administrator."""
    _may(user, actor)
    held = live_seats(_day(now))
    # Before the person's seats are read: a second who dismisses as well finds them ended.
    _hold_admins(held)
    return list(held.filter(user=user).select_related("authority", "user").order_by("id"))


def _hold_admins(held: QuerySet[Membership]) -> None:
    """Of two administrators who leave at one moment the second waits here and finds itself the last."""
    list(held.filter(role=Role.ADMIN, user__is_active=True).order_by("id").select_for_update())


def _end(ending: list[Membership], own: list[Membership], actor: Acting, now: datetime) -> bool:
    """End these of a person's own seats; whether the account is disabled, as none is left."""
    user, left = own[0].user, [seat for seat in own if seat not in ending]
    if any(seat.role == Role.ADMIN for seat in ending) and not any(seat.role == Role.ADMIN for seat in left):
        others = live_seats(_day(now)).filter(role=Role.ADMIN, user__is_active=True).exclude(user=user)
        if not others.exists():
            raise Refused(_("“%s”是最后一位系统管理员。请先设另一位。") % user.username)
    for seat in ending:
        # One that began today was none: it ends with the day on which it began.
        seat.valid_to = _day(now)
        seat.save(update_fields=["valid_to"])
        _record(seat, "seat.ended", actor, now)
    if not left:
        accounts.disable(user=user)
    return not left


def _record(seat: Membership, act: str, actor: Acting, now: datetime) -> None:
    body = {"user": seat.user.audit_id, "role": seat.role}
    if seat.valid_to:
        body["to"] = seat.valid_to.isoformat()
    audit.append(stream=f"authority:{seat.authority.key}", act=act, actor=actor, body=body, now=now)


def _may(user: User, actor: Acting) -> None:
    """An administrator looks after everybody's seats but the own ones; a command's typist after all."""
    if isinstance(actor, Actor):
        may_seat(actor)
        if actor.person == user.pk:
            raise Refused(_("自己的席位由另一位系统管理员设置和结束。"))


def _day(now: datetime) -> date:
    return calendar_day(now)
