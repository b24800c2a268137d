"""Views of the queue: kept, renamed, deleted. Opening one is nothing but its filters in an address."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingyun import clock
from xingyun.audit.errors import Refused
from xingyun.lists import actions, queries
from xingyun.lists.models import View
from xingyun.lists.queries import chosen
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority
from xingyun.registry.states import Role
from xingyun.web import answers
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.choosing import in_words
from xingyun.web.officials.offices import IN_OFFICE, Shown, expected, office, shown
from xingyun.web.officials.queue import address, context_of, levels_of

PAGE = "officials/views.html"
door = require_seat(*IN_OFFICE, Role.AUDITOR)


@require_safe
@door
def index(request: ActorRequest) -> HttpResponse:
    """All views that this person can open, with what they narrow."""
    return answers.page(request, PAGE, listing(request.actor, shown(request)))


def listing(actor: Actor, about: Shown, asked: UUID | None = None, typed: str = "") -> dict[str, object]:
    """What the page shows; `typed` is the new name that was refused for the view `asked`."""
    round_ = about.round
    levels = levels_of(round_)
    known = list(queries.views(actor, round_.programme_id)) if round_ else []
    rows = [(one, in_words(chosen(one.query), levels), may_change(actor, one)) for one in known]
    return {"about": about, "views": rows, "asked": asked, "typed": typed}


def may_change(actor: Actor, view: View) -> bool:
    """Whether the page offers to rename and delete it."""
    return actor.serves(view.office_id) if view.office_id else view.owner_id == actor.user_id


@require_POST
@door
def save(request: ActorRequest) -> HttpResponse:
    """Keep the filters of the queue as it stood, for oneself or an office."""
    about = shown(request)
    choice, name = chosen(request.POST.get("list", "")[:600]), request.POST.get("name", "")
    try:
        made = actions.save_view(
            round=expected(about),
            choice=choice,
            name=name,
            office=shared_with(request),
            actor=request.actor,
            now=clock.now(),
        )
    except Refused as refused:
        context = context_of(request.actor, request.GET, about, choice)
        return answers.again(request, refused, "officials/queue.html", context, typed_view=name)
    return answers.done(request, _("已存为视图“%s”。") % made.name, address(choice, about))


def shared_with(request: ActorRequest) -> Authority | None:
    """The office whose colleagues shall have it, too."""
    key = request.POST.get("office", "")
    return office(request.actor, key) if key else None


@require_POST
@door
def rename(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Give a view another name."""
    about, name = shown(request), request.POST.get("name", "")
    try:
        actions.rename_view(
            view=queries.view(request.actor, uid), name=name, seen=seen(request), actor=request.actor
        )
    except Refused as refused:
        return answers.again(request, refused, PAGE, listing(request.actor, about, uid, name))
    return answers.done(request, _("已改名。"), about.at("views"))


@require_POST
@door
def delete(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Delete a view."""
    about = shown(request)
    try:
        found = queries.view(request.actor, uid)
        actions.delete_view(view=found, seen=seen(request), actor=request.actor)
    except Refused as refused:
        return answers.again(request, refused, PAGE, listing(request.actor, about))
    return answers.done(request, _("已删除视图“%s”。") % found.name, about.at("views"))


def seen(request: ActorRequest) -> int:
    """Which state of the view the page showed; none that ever was for what is no number."""
    said = request.POST.get("seen", "")
    return int(said) if said.isdecimal() and len(said) < 9 else -1
