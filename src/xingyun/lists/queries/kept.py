"""Reading what is kept: each in the scope of whoever asks."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from xingyun.audit.errors import NotAllowed
from xingyun.lists.models import Definition, Export, View
from xingyun.lists.permissions import OFFICE, READING, may_see_export
from xingyun.registry.actors import Actor


def views(actor: Actor, programme_id: int) -> QuerySet[View]:
    """The views of a programme's queue that this person can open: the offices' first, then its own."""
    known = _views(actor).filter(programme_id=programme_id)
    return known.order_by("office_id", "name", "id")


def view(actor: Actor, uid: UUID) -> View:
    """The view of this public id. Raises NotAllowed when it is somebody else's."""
    found = _views(actor).filter(uid=uid).first()
    if found is None:
        raise NotAllowed(_("没有找到这个视图，可能刚被删除。"))
    return found


def definitions(actor: Actor, programme_id: int) -> QuerySet[Definition]:
    """The definitions of the offices in which this person sits."""
    known = Definition.objects.filter(office__in=actor.authorities(*READING), programme_id=programme_id)
    return known.select_related("office", "made_by").order_by("office_id", "name", "id")


def definition(actor: Actor, uid: UUID) -> Definition:
    """The definition of this public id. Raises NotAllowed when it is of another office."""
    known = Definition.objects.filter(office__in=actor.authorities(*READING), uid=uid)
    found = known.select_related("office").first()
    if found is None:
        raise NotAllowed(_("没有找到这个导出方案，可能刚被删除。"))
    return found


def exports(actor: Actor) -> QuerySet[Export]:
    """What this person has asked for, and what is shared with the offices in which it sits."""
    own = Q(asked_by_id=actor.person, office__in=actor.authorities(*READING))
    works = actor.authorities(*OFFICE)
    serves = [seat for seat in works if actor.serves(seat)]
    others = Q(shared=True) & (Q(contacts=False, office__in=works) | Q(office__in=serves))
    return Export.objects.filter(own | others).select_related("office", "asked_by", "file", "round")


def export(actor: Actor, uid: UUID) -> Export:
    """The export of this public id. Raises NotAllowed when it is not this person's to see."""
    known = Export.objects.select_related("office", "asked_by", "file", "round__edition", "round__programme")
    found = known.defer("round__edition__source").filter(uid=uid).first()
    if found is None:
        raise NotAllowed(_("没有找到这份导出。"))
    may_see_export(actor, found)
    return found


def _views(actor: Actor) -> QuerySet[View]:
    own = Q(owner_id=actor.person, office=None)
    return View.objects.filter(own | Q(office__in=actor.authorities(*OFFICE))).select_related("office")
