"""What every page of one application shows around its content."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xingyun import clock
from xingyun.applications.models import Application
from xingyun.applications.queries import Workspace, apply_stage, workspace
from xingyun.rounds.models import Window
from xingyun.rounds.queries import rulebook_of
from xingyun.rulebook import Text
from xingyun.web.enterprise.mine import mine
from xingyun.web.enterprise.places import at
from xingyun.web.frame import FRAME
from xingyun.web.guards import ActorRequest
from xingyun.web.navigation import Link
from xingyun.web.wording import tell

PAGES = {
    "form": (gettext_lazy("填报"), "application"),
    "evidence": (gettext_lazy("证明材料"), "application_evidence"),
    "read": (gettext_lazy("核对"), "application_readings"),
    "booklet": (gettext_lazy("成册盖章"), "application_booklet"),
    "progress": (gettext_lazy("进度"), "application_progress"),
}


def work_of(request: ActorRequest, uid: UUID) -> Workspace:
    """This person's application laid out as it stands now."""
    return workspace(mine(request, uid), clock.now())


def around(application: Application, here: str, window: Window | None) -> dict[str, Any]:
    """The context of a page: the application, its navigation, by when what is due."""
    return {
        "application": application,
        "rulebook": rulebook_of(application.edition),
        "title": title(application),
        "ways": ways(application, here),
        "due": due(application, window),
        "due_ref": due_ref(application),
    }


def ways(application: Application, here: str) -> list[Link]:
    """The navigation of an application."""
    return [Link(str(label), at(name, application), key == here) for key, (label, name) in PAGES.items()]


def title(application: Application) -> str:
    """What the crumb calls the application; where several programmes run, the award stands in it, too."""
    year = {"year": application.round.year}
    if not FRAME.get().several:
        return _("%(year)s年申报") % year
    about = rulebook_of(application.edition).programme
    return _("%(year)s年%(award)s申报") % {**year, "award": tell(Text(about.award, about.award_en))}


def due(application: Application, window: Window | None) -> datetime | None:
    """When it has to be in: the day of the correction, or the end of the window."""
    if application.due:
        return application.due
    return window.closes if window else None


def due_ref(application: Application) -> str:
    """The clause from which the window follows."""
    book = rulebook_of(application.edition)
    return next(iter(book.window(apply_stage(book)).clause), "")
