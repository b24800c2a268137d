"""Where a person's work begins."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.views.decorators.http import require_safe

from xingyun.registry.actors import Actor
from xingyun.registry.queries import own_takeovers
from xingyun.web.context import audience_of
from xingyun.web.guards import ActorRequest, require_actor
from xingyun.web.navigation import links


@require_safe
@require_actor
def start(request: ActorRequest) -> HttpResponse:
    """Go to the first page of the person's own navigation."""
    return HttpResponseRedirect(first_page(request.actor))


def first_page(actor: Actor) -> str:
    """The first entry of the navigation that is this person's; the public home for who has none."""
    if not actor.seats and not actor.posts and own_takeovers(actor).exists():
        return resolve_url("takeovers")
    own = links(audience_of(actor), actor, "")
    return own[0].href if own else resolve_url("home")
