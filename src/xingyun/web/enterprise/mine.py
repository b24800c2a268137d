"""An enterprise's own applications: for everybody else, officials too, these pages do not exist."""

from uuid import UUID

from xingyun.applications.models import Application
from xingyun.applications.queries import own
from xingyun.audit.errors import NotAllowed
from xingyun.web.guards import ActorRequest


def mine(request: ActorRequest, uid: UUID) -> Application:
    """The application of this public id, which this person fills in. Raises NotAllowed."""
    found = own(request.actor, uid)
    if found is None:
        raise NotAllowed("")
    return found
