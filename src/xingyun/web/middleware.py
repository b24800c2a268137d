"""Puts the acting person on the request, and turns refusals into answers."""

from collections.abc import Callable

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from xingyun.audit.errors import Refused
from xingyun.registry.actors import ANONYMOUS, Actor
from xingyun.registry.queries import actor_for
from xingyun.web import answers, errors

Answer = Callable[[HttpRequest], HttpResponse]


class ActorMiddleware:
    """`request.actor`: loaded when first asked for, so that a public page costs no query for it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: actor_of(request))  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A refused act is an answer, not a fault; everything else goes on to the server's own page."""
        if isinstance(exception, DataError):
            # A zero byte, say, which PostgreSQL takes in no text; what was typed is given back.
            return errors.bad_request(request, exception)
        return answers.refusal(request, exception) if isinstance(exception, Refused) else None


def actor_of(request: HttpRequest) -> Actor:
    """Who acts in this request."""
    return actor_for(request.user) if request.user.is_authenticated else ANONYMOUS
