"""The list that an application was opened from: where it stands there, and the way back to it."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from xingyun.applications import queries
from xingyun.applications.models import Application
from xingyun.applications.queries import Place
from xingyun.lists.queries import Choice, choice_of
from xingyun.registry.actors import Actor
from xingyun.web.context import LIST


@dataclass(frozen=True, slots=True)
class Listed:
    """The place of an application in its list, and the addresses around it; empty where there is none."""

    place: Place
    back: str
    previous: str
    following: str


def listed(actor: Actor, asked: QueryDict, application: Application, page: str = "desk") -> Listed | None:
    """Where the application stands in the list that the address names (two queries, four with a search).

    `page` is the page of its neighbours to go on to.
    """
    said = asked.get("list", "")[:LIST]
    if not said:
        return None
    choice = choice_of(QueryDict(said))
    place = queries.place(actor, choice.filters(application.round_id), application)
    back = urlencode([*choice.pairs, ("round", str(application.round.uid))])
    return Listed(
        place,
        f"{reverse('queue')}?{back}",
        _page(page, place.previous, choice),
        _page(page, place.following, choice),
    )


def desk_of(request: HttpRequest, uid: UUID) -> str:
    """The desk of an application, still in the list that it was opened from."""
    return page_of(request, "desk", uid)


def page_of(request: HttpRequest, page: str, uid: UUID) -> str:
    """A page of an application, still in the list that it was opened from."""
    said = request.GET.get("list", "")[:LIST]
    return reverse(page, args=[uid]) + (f"?{urlencode({'list': said})}" if said else "")


def _page(page: str, uid: UUID | None, choice: Choice) -> str:
    return f"{reverse(page, args=[uid])}?{urlencode({'list': choice.query})}" if uid else ""
