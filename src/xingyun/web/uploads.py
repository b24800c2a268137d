"""Where files arrive, piece by piece (tus); what becomes of them is said by the page that asked for them."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from xingyun import clock
from xingyun.files import tus
from xingyun.web.guards import ActorRequest, require_actor


@require_actor
def create(request: ActorRequest) -> HttpResponse:
    """Begin an upload, or say what may be sent."""
    return tus.create(request, owner_id=request.actor.person, address=address, now=clock.now())


@require_actor
def serve(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Go on with an upload of this person."""
    return tus.serve(request, owner_id=request.actor.person, uuid=uuid)


def address(uuid: UUID) -> str:
    """Where an upload goes on."""
    return reverse("upload", args=[uuid])
