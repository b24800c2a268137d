"""Appeals of applicants against not being accepted or awarded."""

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery

from xingyun.applications.models import Application, StateChange
from xingyun.registry.actors import Actor
from xingyun.reviews.models import Appeal
from xingyun.reviews.states import APPEALABLE


def last_appeal(application: Application) -> Appeal | None:
    """The newest appeal of an application: the one that waits, else the one answered last."""
    made = Appeal.objects.filter(application=application)
    return made.select_related("file", "application").order_by("-id").first()


def moot(appeal: Appeal, application: Application, last: int) -> bool:
    """Whether nobody answered it before what it is against was taken back; `last` is the newest step."""
    return appeal.decided_at is None and (appeal.against != last or application.state not in APPEALABLE)


def waiting_for(actor: Actor) -> QuerySet[Appeal]:
    """Those that this person may answer: not what he concluded himself."""
    own = StateChange.objects.filter(
        application=OuterRef("application"), seq=OuterRef("against"), actor=actor.id
    )
    return waiting().exclude(Exists(own))


def waiting() -> QuerySet[Appeal]:
    """The appeals that somebody has to answer: nobody has yet, and what they are against still stands."""
    steps = StateChange.objects.filter(application=OuterRef("application")).order_by().values("application")
    last = Subquery(steps.annotate(last=Max("seq")).values("last"))
    stands = Q(application__state__in=APPEALABLE, against=last)
    return Appeal.objects.filter(stands, decided_at=None)
