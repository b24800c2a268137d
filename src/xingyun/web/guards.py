"""Doors: who may come to a view at all. What exactly a person may do is the room's own `permissions`."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from xingyun.audit.errors import NotAllowed
from xingyun.registry.actors import Actor
from xingyun.web import answers


class ActorRequest(HttpRequest):
    """A request with the acting person on it."""

    actor: Actor


P = ParamSpec("P")
View = Callable[Concatenate[ActorRequest, P], HttpResponseBase]
Door = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def require_actor(view: View[P]) -> Door[P]:
    """Somebody must be signed in; otherwise sign in first and come back."""
    return _door(view, lambda actor: actor.is_authenticated)


def require_enterprise(view: View[P]) -> Door[P]:
    """Somebody who acts for an enterprise; to others the page does not exist."""
    return _door(view, lambda actor: bool(actor.posts))


def require_seat(*roles: str) -> Callable[[View[P]], Door[P]]:
    """Somebody with one of these roles in some authority (any role, when none is named)."""

    def wrap(view: View[P]) -> Door[P]:
        return _door(view, lambda actor: bool(actor.authorities(*roles)))

    return wrap


def _door(view: View[P], opens: Callable[[Actor], bool]) -> Door[P]:
    @wraps(view)
    def door(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the middleware
        if not actor.is_authenticated:
            return answers.login_needed(request)
        if request.user.must_change:  # type: ignore[union-attr]  # somebody is signed in
            return answers.password_needed(request)
        if not opens(actor):
            raise NotAllowed("")
        return _asked_anew(request, view(request, *args, **kwargs))  # type: ignore[arg-type]

    door.guarded = True  # type: ignore[attr-defined]  # the tests list views without a door
    return door


def _asked_anew(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    """A page behind a door is asked for again on the way back: it shows what is saved by now, and to somebody
    who has signed out nothing. The answer to a form stays: going back to it does not send it again.
    """
    page = answer.get("Content-Type", "").startswith("text/html")
    if page and request.method == "GET" and not answer.has_header("Cache-Control"):
        answer["Cache-Control"] = "private, no-store"
    return answer
