"""Which round and which edition the public pages speak of."""

from dataclasses import dataclass

from django.http import Http404

from xingyun.rounds.models import Edition, Round
from xingyun.rounds.queries import current_round, rulebook_of
from xingyun.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Current:
    """The round that runs, or ran last, with its rulebook."""

    round: Round
    book: Rulebook


def current() -> Current | None:
    """The round that the public pages speak of; None before the first one."""
    found = current_round()
    return Current(found, rulebook_of(found.edition)) if found else None


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
