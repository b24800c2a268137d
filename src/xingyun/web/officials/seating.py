"""Seats given and ended by the administrator, and a person's page with them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingyun import clock
from xingyun.accounts.models import User
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.registry import actions
from xingyun.registry.models import Membership
from xingyun.registry.queries import live_seats
from xingyun.registry.states import Role
from xingyun.web import answers
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.offices import office_named
from xingyun.web.officials.people import PAGE, context_of
from xingyun.web.officials.people_forms import SeatForm

GIVEN = "officials/given.html"
TOLD = ("name", "post", "email", "phone")


@require_POST
@require_seat(Role.ADMIN)
def add(request: ActorRequest) -> HttpResponse:
    """Give somebody a seat; a new account's password is shown this once."""
    form = SeatForm(request.POST)
    if not form.is_valid():
        return answers.page(request, PAGE, {**context_of(request), "seating": form}, status=422)
    given = form.cleaned_data
    try:
        seat, password = actions.seat_person(
            username=given["username"],
            said={key: given[key] for key in TOLD if given[key]},
            authority=office_named(given["authority"]),
            role=given["role"],
            actor=request.actor,
            now=clock.now(),
        )
    except Refused as refused:
        context = {**context_of(request), "seating": form, "of_seat": True}
        return answers.again(request, refused, PAGE, context)
    if password:
        return answers.page(request, GIVEN, {"password": password, "of": seat.user, "seat": seat})
    said = _("已给 %(who)s 设了席位：%(office)s %(role)s。")
    values = {"who": seat.user.username, "office": seat.authority.name, "role": seat.get_role_display()}
    return answers.done(request, said % values, "people")


@require_safe
@require_seat(Role.ADMIN)
def person(request: ActorRequest, user: int) -> HttpResponse:
    """A person's seats, those of today to be ended."""
    found = get_object_or_404(User, pk=user)
    seats = Membership.objects.filter(user=found).select_related("authority").order_by("id")
    if not seats:
        raise NotAllowed(_("没有找到这个人。"))
    today = clock.today()
    context = {
        "of": found,
        "seats": seats,
        "live": set(live_seats(today).filter(user=found).values_list("pk", flat=True)),
        "own": found.pk == request.actor.user_id,
    }
    return answers.page(request, "officials/person.html", context)


@require_POST
@require_seat(Role.ADMIN)
def end(request: ActorRequest, pk: int) -> HttpResponse:
    """End one seat at once."""
    seat = get_object_or_404(Membership.objects.select_related("user", "authority"), pk=pk)
    disabled = actions.end_seat(seat=seat, actor=request.actor, now=clock.now())
    said = _("席位已结束。这是他最后一个席位，账号同时停用。") if disabled else _("席位已结束。")
    return answers.done(request, said, "person", seat.user_id)


@require_POST
@require_seat(Role.ADMIN)
def leave(request: ActorRequest, user: int) -> HttpResponse:
    """End all seats of somebody who leaves, and disable the account."""
    found = get_object_or_404(User, pk=user)
    ended = actions.dismiss(user=found, actor=request.actor, now=clock.now())
    said = _("%(who)s 的 %(n)s 个席位已结束，账号已停用。")
    return answers.done(request, said % {"who": found.username, "n": len(ended)}, "person", found.pk)
