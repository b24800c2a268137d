"""In which office a person works, and which round its pages are about."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from xingyun.audit.errors import NotAllowed, Refused
from xingyun.registry.actors import OFFICIAL, Actor
from xingyun.registry.models import Authority
from xingyun.registry.states import Role
from xingyun.rounds.models import Round
from xingyun.rounds.queries import current_rounds, rounds, rulebook_of
from xingyun.rounds.states import RoundState
from xingyun.rulebook import Text

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


@dataclass(frozen=True, slots=True)
class Shown:
    """The round that a page is about (None before the first one) and those that may be chosen instead."""

    round: Round | None
    known: tuple[Round, ...]

    @property
    def names(self) -> dict[str, Text]:
        """What to choose from, by uid: the awards, with year and number where one programme has several."""
        return {str(one.uid): name_of(one) for one in self.known}

    @property
    def several(self) -> bool:
        """Whether there is anything to choose."""
        return len(self.known) > 1

    def query(self, first: str = "?") -> str:
        """The round as part of an address, where there is a choice."""
        return f"{first}round={self.round.uid}" if self.several and self.round else ""

    def at(self, name: str) -> str:
        """The address of the page of that name, about this round."""
        return reverse(name) + self.query()


def name_of(round_: Round) -> Text:
    """What a round awards, and in which year."""
    about = rulebook_of(round_.edition).programme
    return Text(f"{round_.year}年{about.award}", f"{about.award_en} {round_.year}")


def shown(request: HttpRequest) -> Shown:
    """The round that the address (or the form) names, else the one that has been open longest (one query).

    Raises NotAllowed for one that does not exist or was never opened.
    """
    known = current_rounds()
    asked = request.POST.get("round") or request.GET.get("round") or ""
    found = next((one for one in known if asked in ("", str(one.uid))), None)
    if found is None and asked:
        found = _other(asked)
        known = [*known, found]
    return Shown(found, tuple(known))


def _other(uid: str) -> Round:
    """A round that is over."""
    try:
        found = rounds().exclude(state=RoundState.PLANNED).filter(uid=UUID(uid)).first()
    except ValueError:
        found = None
    if found is None:
        raise NotAllowed(_("没有找到这个批次。"))
    return found


def the_round(request: HttpRequest) -> Round:
    """The round that the page is about. Raises Refused before the first one."""
    return expected(shown(request))


def expected(found: Shown) -> Round:
    """The round of a page that is about one. Raises Refused before the first one."""
    if found.round is None:
        raise Refused(_("还没有开启的批次。由牵头单位在“批次与时间”里建立和开启。"))
    return found.round


def office_named(said: str) -> Authority:
    """The office of this name or key, as a person writes it. Raises Refused with `field`."""
    known = Authority.objects.select_related("parent")
    found = known.filter(name=said.strip()).first() or known.filter(key=said.strip()).first()
    if found is None:
        raise Refused(_("没有叫“%s”的单位。请照席位表里的名称写。") % said[:40], field="authority")
    return found
