"""The acts that somebody has ticked, as forms carry them from page to page."""

from collections.abc import Iterable, Mapping, Sequence

from django.http import QueryDict

from xingyun.registry.models import Authority
from xingyun.reviews.queries import Wish
from xingyun.rulebook import Act, Rulebook

NAME = "row"


def wishes(sent: QueryDict) -> list[Wish]:
    """What was ticked, in the order of the page; what makes no sense is left out."""
    found = []
    for text in sent.getlist(NAME):
        pk, _colon, rest = text.partition(":")
        level, _colon, kind = rest.partition(":")
        if pk.isdecimal() and len(pk) < 19 and level and kind:
            found.append(Wish(int(pk), level, kind))
    return list(dict.fromkeys(found))


def value(wish: Wish) -> str:
    """A ticked act as the value of its box."""
    return f"{wish.application}:{wish.level}:{wish.kind}"


def acts_of(office: Authority, book: Rulebook) -> list[Act]:
    """The acts that an office decides or recommends, the lowest level first."""
    acts = {act for level in book.levels for act in book.path(level.key)}
    ranks: Mapping[str, int] = {level.key: level.rank for level in book.levels}
    own: Iterable[Act] = (act for act in acts if act.tier == office.tier)
    return sorted(own, key=lambda act: (ranks[act.level], act.kind))


def elsewhere(picked: Sequence[Wish], level: str, kind: str) -> list[str]:
    """The ticks that belong to other orders than this one, as values."""
    return [value(wish) for wish in picked if (wish.level, wish.kind) != (level, kind)]
