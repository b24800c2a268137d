"""Where an application stands on its way: which acts are done, which wait, which have become moot."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from xingyun.applications.models import Application
from xingyun.clock import calendar_day
from xingyun.registry.models import Title
from xingyun.reviews.models import Decision
from xingyun.reviews.queries.direct import direct_entry
from xingyun.reviews.states import Kind, Outcome
from xingyun.rounds.queries import rulebook_of
from xingyun.rulebook import Act, Rulebook

RELATIONS = ("holder", "authority", "edition", "enterprise", "round", "round__programme")
HEAVY = ("answers", "edition__source", "edition__contacts")


def with_relations(applications: QuerySet[Application]) -> QuerySet[Application]:
    """Applications with all that standings and papers need of them."""
    return applications.select_related(*RELATIONS).defer(*HEAVY)


@dataclass(frozen=True, slots=True)
class Standing:
    """An application, the acts of its path and the live decisions on them, all tiers.

    `direct` are levels that can be granted to it without the level below.
    """

    application: Application
    rulebook: Rulebook
    held: frozenset[str]
    path: tuple[Act, ...]
    decisions: tuple[Decision, ...]
    direct: frozenset[str] = frozenset()

    def of(self, act: Act) -> Decision | None:
        """The live decision on an act."""
        return next((d for d in self.decisions if key_of(d) == (act.level, act.kind, act.tier)), None)

    def prior(self, act: Act) -> Act | None:
        """The act on the level needed before, which must be granted first: the last one up to this tier."""
        needed = self.rulebook.level(act.level).requires
        if needed is None:
            return None
        above = self.rulebook.tier_number(act.tier)
        lower = [a for a in self.path if a.level == needed and self.rulebook.tier_number(a.tier) <= above]
        return lower[-1] if lower else None

    def refused_before(self, act: Act) -> Decision | None:
        """The decision that leaves nothing to grant: a lower recommendation or the level needed, refused."""
        at = self.rulebook.tier_number(act.tier)
        for earlier in self.path:
            if earlier.level == act.level and self.rulebook.tier_number(earlier.tier) < at:
                decision = self.of(earlier)
                if decision is not None and decision.outcome != Outcome.GRANTED:
                    return decision
        prior = self.prior(act)
        if prior is None:
            return None
        decision = self.of(prior)
        if decision is not None:
            return decision if decision.outcome != Outcome.GRANTED else None
        return self.refused_before(prior)

    @property
    def tier(self) -> str:
        """The tier of the office that has it now."""
        return self.application.holder.tier

    @property
    def own(self) -> tuple[Act, ...]:
        """The acts of the office that has it now."""
        return tuple(act for act in self.path if act.tier == self.tier)

    @property
    def pending(self) -> tuple[Act, ...]:
        """What that office has still to decide."""
        return tuple(a for a in self.own if self.of(a) is None and self.refused_before(a) is None)

    @property
    def unsigned(self) -> tuple[Decision, ...]:
        """Decisions that are prepared or reviewed only."""
        return tuple(d for d in self.decisions if d.signed_at is None)

    @property
    def settled(self) -> bool:
        """Whether the office has nothing left to decide and everything is signed."""
        return not self.pending and not self.unsigned

    @property
    def granted(self) -> tuple[Decision, ...]:
        """The signed grants of every tier so far."""
        return tuple(d for d in self.decisions if d.signed_at and d.outcome == Outcome.GRANTED)

    @property
    def award(self) -> Decision | None:
        """The highest level that was decided: what is proposed and announced."""
        return max((d for d in self.granted if d.kind == Kind.DECIDE), key=lambda d: d.rank, default=None)

    @property
    def ahead(self) -> tuple[Act, ...]:
        """Acts of upper tiers that can still be granted."""
        at = self.rulebook.tier_number(self.tier)
        upper = (act for act in self.path if self.rulebook.tier_number(act.tier) > at)
        return tuple(act for act in upper if self.refused_before(act) is None)

    @property
    def alive(self) -> bool:
        """Whether there is anything to report upward: a level won, or one that upper tiers may still give."""
        return self.award is not None or bool(self.ahead)


def key_of(decision: Decision) -> tuple[str, str, str]:
    """Level, kind and tier of a decision."""
    return decision.level, decision.kind, decision.authority.tier


def standing(application: Application) -> Standing:
    """One application's standing (two queries)."""
    return standings([application])[application.pk]


def standings(applications: Iterable[Application]) -> dict[int, Standing]:
    """The standings of these applications, by their ids, in two queries.

    They come with `holder`, `authority` and `edition` loaded: see `with_relations`.
    """
    known = list(applications)
    decisions = _decisions(known)
    titles = _titles(known)
    return {a.pk: _standing(a, decisions[a.pk], titles[a.enterprise_id]) for a in known}


def decisions(application: Application) -> list[Decision]:
    """All decisions on an application, revoked ones too, oldest first."""
    related = ("authority", "prepared_by", "reviewed_by", "signed_by", "minutes", "quota_line")
    return list(Decision.objects.filter(application=application).select_related(*related).order_by("id"))


def pending_acts(application: Application) -> tuple[Act, ...]:
    """What the office that has the application has still to decide."""
    return standing(application).pending


def _decisions(applications: list[Application]) -> dict[int, list[Decision]]:
    found: dict[int, list[Decision]] = defaultdict(list)
    live = Decision.objects.filter(application__in=[a.pk for a in applications], revoked_at=None)
    for decision in live.select_related("authority", "quota_line").order_by("id"):
        found[decision.application_id].append(decision)
    return found


def _titles(applications: list[Application]) -> dict[int, list[Title]]:
    found: dict[int, list[Title]] = defaultdict(list)
    ids = {a.enterprise_id for a in applications}
    for title in Title.objects.filter(enterprise__in=ids, revoked_at=None):
        found[title.enterprise_id].append(title)
    return found


def _standing(application: Application, live: list[Decision], titles: list[Title]) -> Standing:
    rulebook = rulebook_of(application.edition)
    held = frozenset(t.level for t in titles if _held(t, application, rulebook))
    known = application.level in {level.key for level in rulebook.levels}
    door = direct_entry(application, rulebook)
    home = application.authority.key
    path = rulebook.path(application.level, held, home, door.sure) if known else ()
    return Standing(application, rulebook, held, path, tuple(live), door.sure | door.perhaps)


def _held(title: Title, application: Application, rulebook: Rulebook) -> bool:
    """Whether the title was held when the application was handed in: this round's own never counts."""
    on = calendar_day(application.submitted_at or application.created_at)
    lasting = title.valid_from <= on and (title.valid_to is None or on < title.valid_to)
    return title.programme == rulebook.key and lasting
