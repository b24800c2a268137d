"""Which round and which edition the public pages speak of."""

from dataclasses import dataclass
from typing import NoReturn

from django.http import Http404
from django.urls import reverse

from xingyun.rounds.models import Edition, Round
from xingyun.rounds.queries import current_rounds, rulebook_of
from xingyun.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Current:
    """A programme's round that runs, or ran last, with its rulebook; `alone`: there is no other programme."""

    round: Round
    book: Rulebook
    alone: bool = True

    def at(self, page: str) -> str:
        """The address of this programme's page of that name; the plain one where it is alone."""
        return reverse(page) if self.alone else reverse(f"programme_{page}", args=[self.book.key])


def currents() -> list[Current]:
    """The round of every programme that the public pages speak of, open ones first; none before the first."""
    found = current_rounds()
    return [Current(round_, rulebook_of(round_.edition), len(found) == 1) for round_ in found]


def current(programme: str = "") -> Current | None:
    """The programme of that key, or the only one; None where one of several has to be chosen, or none is.

    Raises Http404 for a key that no programme has.
    """
    known = currents()
    if programme:
        return next((one for one in known if one.round.programme.key == programme), None) or _none()
    return known[0] if len(known) == 1 else None


def _none() -> NoReturn:
    raise Http404


def edition_book(digest: str) -> Rulebook:
    """The rulebook of the edition whose digest begins so; raises Http404."""
    found = (
        Edition.objects.filter(digest__startswith=digest).defer("source").first()
        if len(digest) >= 8
        else None
    )
    if found is None:
        raise Http404
    return rulebook_of(found)
