"""By what an office puts applicants in order: the rulebook's order, or what the office published itself."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet

from xingyun.applications.queries import apply_stage
from xingyun.registry.models import Authority
from xingyun.reviews.models import RankingBasis
from xingyun.rounds.models import Round, Window
from xingyun.rounds.queries import rulebook_of
from xingyun.rounds.states import RoundState
from xingyun.rulebook import Rulebook

MEETING = "meeting"
DEFAULT = ("submitted_at",)


@dataclass(frozen=True, slots=True)
class Basis:
    """The keys in their order, since when they are public, and what the office published (None: the rule)."""

    by: tuple[str, ...]
    since: datetime | None
    own: RankingBasis | None = None

    @property
    def by_hand(self) -> bool:
        """Whether people settle the order; what else is named is for orientation."""
        return self.by[0] == MEETING

    @property
    def computed(self) -> tuple[str, ...]:
        """The keys that the system works out."""
        return tuple(key for key in self.by if key != MEETING)


def basis_of(round: Round, authority: Authority) -> Basis:
    """What orders the applicants of an office in a round (one query)."""
    own = RankingBasis.objects.filter(round=round, authority=authority, replaced_at=None).first()
    if own is not None:
        return Basis(tuple(own.by), own.set_at, own)
    return common(round)


def common(round: Round) -> Basis:
    """The rulebook's own order, which holds where an office has published none."""
    rule = rulebook_of(round.edition).ranking
    return Basis(rule.by if rule else DEFAULT, round.opened_at)


def bases(round: Round) -> QuerySet[RankingBasis]:
    """What offices have published in a round, replaced ones too, an office's newest first."""
    known = RankingBasis.objects.filter(round=round).select_related("authority")
    return known.order_by("authority_id", F("replaced_at").desc(nulls_first=True), "-id")


def ranks(book: Rulebook, authority: Authority) -> bool:
    """Whether an office of this tier decides or recommends at all."""
    acts = (act for level in book.levels for act in book.path(level.key, frozenset(), authority.key))
    return any(act.tier == authority.tier for act in acts)


def keys_for(book: Rulebook) -> tuple[str, ...]:
    """What an office may publish as its order: what the rulebook keeps figures of, and an order by hand.

    Empty where the rulebook settles the order itself.
    """
    rule = book.ranking
    if rule is not None and rule.by[0] != MEETING:
        return ()
    kept = (
        ("spend", book.keeps_ledger),
        ("domains_proved", bool(book.domains)),
        ("points", book.points is not None),
        (MEETING, True),
    )
    return tuple(key for key, there in kept if there)


def opened_at(round: Round, authority: Authority, now: datetime) -> datetime | None:
    """When applicants of this office could first hand in; None as long as they never could (one query).

    A window that was open once and was put off afterwards counts; the common one only until the office's own.
    """
    if round.state == RoundState.PLANNED:
        return None
    stage = apply_stage(rulebook_of(round.edition))
    rows = list(Window.objects.filter(round=round, stage=stage).order_by("set_at", "id"))
    own = [w for w in rows if w.authority_id == authority.pk]
    until = own[0].set_at if own else None
    spans = [(w, w.replaced_at) for w in own]
    spans += [(w, _earlier(w.replaced_at, until)) for w in rows if w.authority_id is None]
    begun = ((max(w.opens, w.set_at), end) for w, end in spans)
    return min((at for at, end in begun if at <= now and (end is None or at < end)), default=None)


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    """The earlier of two ends; None is never."""
    return min((end for end in (one, other) if end is not None), default=None)
