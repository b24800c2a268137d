"""In which office a person works, and which round its pages are about."""

from django.utils.translation import gettext as _

from xingyun.audit.errors import NotAllowed, Refused
from xingyun.registry.actors import OFFICIAL, Actor
from xingyun.registry.models import Authority
from xingyun.registry.states import Role
from xingyun.rounds.models import Round
from xingyun.rounds.queries import current_round

IN_OFFICE = (*OFFICIAL, Role.READER)


def offices(actor: Actor, *roles: str) -> list[Authority]:
    """The offices in which this person has one of these roles (any of an office's, when none is named)."""
    own = actor.authorities(*(roles or IN_OFFICE))
    return list(Authority.objects.filter(pk__in=own).select_related("parent").order_by("id"))


def office(actor: Actor, key: str = "") -> Authority:
    """The office of this key in which the person works, or its first one. Raises NotAllowed."""
    known = offices(actor)
    found = next((one for one in known if not key or one.key == key), None)
    if found is None:
        raise NotAllowed(_("没有找到这个单位。"))
    return found


def the_round() -> Round:
    """The round that runs, or ran last. Raises Refused before the first one."""
    found = current_round()
    if found is None:
        raise Refused(_("还没有开启的批次。由牵头单位在“批次与时间”里建立和开启。"))
    return found
