"""Who may keep and share views, export lists, and take what was exported.

A view and a definition are filters only: whoever opens one sees what he may see. An export holds rows, so it
is made from one person's seats in one office, and only that person, or that office, may have it.
"""

from django.utils.translation import gettext as _

from xingyun.audit.errors import NotAllowed, Refused
from xingyun.lists.models import Definition, Export, View
from xingyun.registry.actors import OFFICIAL, Actor
from xingyun.registry.models import Authority
from xingyun.registry.states import Role

OFFICE = (*OFFICIAL, Role.READER)
READING = (*OFFICE, Role.AUDITOR)


def may_keep_views(actor: Actor) -> None:
    """Whoever reads the queue may keep filters of it."""
    if not actor.authorities(*READING):
        raise NotAllowed(_("没有找到这一页。"))


def may_share(actor: Actor, office: Authority) -> None:
    """Whoever prepares, reviews or signs in an office arranges its lists."""
    if not actor.serves(office.pk):
        raise NotAllowed(_("没有找到这个单位。"))


def may_change_view(actor: Actor, view: View) -> None:
    """One's own, and those of the office in which one works."""
    if view.office is not None:
        may_share(actor, view.office)
    elif view.owner_id != actor.user_id:
        raise NotAllowed(_("没有找到这个视图。"))


def may_change_definition(actor: Actor, definition: Definition) -> None:
    """Whoever works in its office."""
    may_share(actor, definition.office)


def may_export(actor: Actor, office: Authority, *, shared: bool, contacts: bool) -> None:
    """Whoever reads the queue there; shared only by the office's own; contacts by who works with them.

    Who only reads (Role.READER) sees a contact on the single application, and takes no list of them.
    """
    if not actor_in(actor, office, shared=False).seats:
        raise NotAllowed(_("没有找到这个单位。"))
    if shared and not actor_in(actor, office, shared=True).seats:
        raise Refused(_("审计岗导出的列表只能自己下载。"), field="shared")
    if contacts and not works_with_contacts(actor, office):
        raise Refused(_("查阅岗不能导出联系方式。请去掉这几列，或请经办岗导出。"), field="columns")


def works_with_contacts(actor: Actor, office: Authority) -> bool:
    """Whether this person may export contacts from this office."""
    return actor.serves(office.pk) or actor.holds(Role.AUDITOR, office.pk)


def may_see_export(actor: Actor, export: Export) -> None:
    """Whoever asked for it and still sits there; if it is shared, the office's others."""
    sits = bool(actor_in(actor, export.office, shared=False).seats)
    own = export.asked_by_id == actor.user_id
    others = bool(actor_in(actor, export.office, shared=True).seats)
    also = export.shared and others and (not export.contacts or works_with_contacts(actor, export.office))
    if not (sits and (own or also)):
        raise NotAllowed(_("没有找到这份导出。"))


def actor_in(actor: Actor, office: Authority, *, shared: bool) -> Actor:
    """The same person with nothing but its seats in this office that read the queue.

    An auditor's seat reads everything: what is shared with an office is not made from it.
    """
    roles = OFFICE if shared else READING
    seats = tuple(seat for seat in actor.seats if seat.authority_id == office.pk and seat.role in roles)
    return Actor(actor.user_id, actor.label, seats)
