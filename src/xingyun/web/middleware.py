"""Puts the acting person on the request, and turns refusals into answers."""

from collections.abc import Callable

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from xingyun.audit.errors import Refused
from xingyun.registry.actors import ANONYMOUS, Actor
from xingyun.registry.deputies import standing_in
from xingyun.registry.queries import actor_for
from xingyun.web import answers, errors

# In a session: the deputyship in which the person acts now.
STANDING_IN = "standing-in"
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
    """Who acts in this request: the person, or the person for whom it stands in while it may."""
    if not request.user.is_authenticated:
        return ANONYMOUS
    lent = request.session.get(STANDING_IN)
    actor = standing_in(request.user, lent) if isinstance(lent, int) else None
    return actor or actor_for(request.user)
