"""Returns for correction as the applicant sees them: each point, where it is, how it was answered."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xingyun import clock
from xingyun.applications.models import Application
from xingyun.audit.errors import NotAllowed
from xingyun.reviews import actions
from xingyun.reviews.models import Defect
from xingyun.reviews.queries import Returned, place_name, returns
from xingyun.rounds.queries import rulebook_of
from xingyun.web import answers
from xingyun.web.enterprise.mine import mine
from xingyun.web.enterprise.places import at, named, place
from xingyun.web.guards import ActorRequest, require_enterprise
from xingyun.web.wording import tell


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a return."""

    defect: Defect
    place: str
    href: str


def points(application: Application, returned: Returned) -> list[Point]:
    """The points of a return with the way to each place."""
    book = rulebook_of(application.edition)
    found = []
    for defect in returned.defects:
        name = place_name(book, defect.place)
        there = place(application, book, named(defect.place))
        found.append(Point(defect, tell(name) if name else there.label, there.href))
    return found


def open_replies(application: Application) -> int:
    """How many points of the last return have no answer yet."""
    made = returns(application)
    return sum(not defect.reply for defect in made[-1].defects) if made else 0


@require_POST
@require_enterprise
def reply(request: ActorRequest, uid: UUID, defect: int) -> HttpResponse:
    """Answer one point."""
    application = mine(request, uid)
    found = Defect.objects.filter(pk=defect, of__application=application).select_related("of").first()
    if found is None:
        raise NotAllowed("")
    found.of.application = application
    actions.reply(defect=found, text=request.POST.get("reply", ""), actor=request.actor, now=clock.now())
    return answers.done(
        request,
        _("答复已记下，随改好的申请一起交。"),
        f"{at('application_progress', application)}#p-{defect}",
    )
