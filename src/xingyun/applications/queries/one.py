"""One application: found in the actor's scope, with its history and what was handed in."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet, UUIDField
from django.utils.translation import gettext as _

from xingyun.applications.models import Application, StateChange, Submission
from xingyun.applications.permissions import active_posts, visible
from xingyun.audit.errors import NotAllowed
from xingyun.prepared import Parameter, Prepared
from xingyun.registry.actors import Actor
from xingyun.rulebook import Rulebook

WITH = ("round__programme", "edition", "enterprise", "authority__parent", "holder", "dossier")


def visible_to(actor: Actor, states: Collection[str] = ()) -> QuerySet[Application]:
    """The applications that this person may see, with what pages need of them.

    `states` are those that the caller narrows them to anyway, if it does.
    """
    return _with(Application.objects.filter(visible(actor, states)))


def get(actor: Actor, uid: UUID | str) -> Application:
    """The application of this public id; raises NotAllowed when it is not this person's to see."""
    found = visible_to(actor).filter(uid=uid).first()
    if found is None:
        raise NotAllowed(_("没有找到这份申请。"))
    return found


def of_enterprise(actor: Actor) -> QuerySet[Application]:
    """The applications that this person fills in, newest first."""
    return _with(Application.objects.filter(enterprise__in=active_posts(actor)).order_by("-id"))


def own(actor: Actor, uid: UUID) -> Application | None:
    """The application of this public id if this person fills it in."""
    found = _BY_UID.first(uid=uid)
    return found if found and found.enterprise_id in active_posts(actor) else None


_BY_UID: Prepared[Application] = Prepared(
    lambda: _with(Application.objects.filter(uid=Parameter("uid", UUIDField())))
)


def history(application: Application) -> QuerySet[StateChange]:
    """Its way so far, oldest first."""
    return StateChange.objects.filter(application=application).order_by("seq")


def latest_submission(application: Application) -> Submission | None:
    """What was handed in last, with booklet and scan."""
    return _submissions(application).order_by("-version").first()


def first_submission(application: Application) -> Submission | None:
    """What was handed in first: whether it was timely holds for its corrections too."""
    return _submissions(application).order_by("version").first()


def apply_stage(rulebook: Rulebook) -> str:
    """The key of the window in which applicants hand in."""
    own = (stage.window for stage in rulebook.stages if stage.actor == "applicant" and stage.window)
    return next(own, rulebook.windows[0].key)


def _submissions(application: Application) -> QuerySet[Submission]:
    found = Submission.objects.filter(application=application)
    return found.select_related("booklet__file", "scan")


def _with(found: QuerySet[Application]) -> QuerySet[Application]:
    return found.select_related(*WITH).defer("edition__source", "edition__contacts")
