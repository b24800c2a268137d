"""How many applications stand alike, and since when: what counts many without making each an object."""

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from xingyun.applications.models import Application
from xingyun.clock import calendar_day
from xingyun.registry.models import Title
from xingyun.reviews.models import Decision
from xingyun.reviews.queries.standing import Standing, standings, with_relations
from xingyun.rounds.models import Edition
from xingyun.rounds.queries import rulebook_of

SAME = ("holder_id", "round_id", "authority_id", "level", "edition_id")
DECIDED = ("level", "kind", "authority_id", "outcome", "signed_at")
HELD = ("programme", "level", "valid_from", "valid_to")


@dataclass(frozen=True, slots=True)
class Alike:
    """So many applications of an office in a round that stand as `standing` does, the oldest `since`."""

    standing: Standing
    count: int
    since: datetime


def alike(applications: QuerySet[Application]) -> list[Alike]:
    """These applications by where they stand: seven queries, and one each where levels are entered directly.

    An office may have ten thousands at work, of which a dozen stand differently: only these become objects.
    """
    decided, titles = _decided(applications), _titles(applications)
    counts: dict[Hashable, int] = defaultdict(int)
    firsts: dict[Hashable, tuple[datetime, int]] = {}
    asked = applications.order_by().annotate(since=Coalesce("submitted_at", "created_at"))
    rows = list(asked.values_list(*SAME, "pk", "enterprise_id", "since"))
    doors = _doors({row[SAME.index("edition_id")] for row in rows})
    for *same, edition, pk, enterprise, since in rows:
        held = titles.get(enterprise)
        # Whether a title counts depends on the day; what opens a door, on what was handed in.
        day = calendar_day(since) if held else None
        key = (*same, edition, decided.get(pk), held, day, pk if edition in doors else None)
        counts[key] += 1
        firsts[key] = min(firsts.get(key, (since, pk)), (since, pk))
    ids = [pk for _since, pk in firsts.values()]
    known = standings(with_relations(Application.objects.filter(pk__in=ids)))
    return [Alike(known[pk], counts[key], since) for key, (since, pk) in firsts.items()]


def _decided(applications: QuerySet[Application]) -> dict[int, Hashable]:
    """What was decided on each of them and still holds, as far as a standing can tell the difference."""
    live = Decision.objects.filter(application__in=applications.order_by().values("pk"), revoked_at=None)
    found: dict[int, frozenset[Hashable]] = defaultdict(frozenset)
    for pk, *said, signed_at in live.order_by().values_list("application_id", *DECIDED):
        found[pk] |= {(*said, signed_at is not None)}
    return dict(found)


def _titles(applications: QuerySet[Application]) -> dict[int, Hashable]:
    """The titles of their enterprises."""
    enterprises = applications.order_by().values("enterprise")
    found: dict[int, frozenset[Hashable]] = defaultdict(frozenset)
    for pk, *title in Title.objects.filter(enterprise__in=enterprises, revoked_at=None).values_list(
        "enterprise_id", *HELD
    ):
        found[pk] |= {tuple(title)}
    return dict(found)


def _doors(editions: set[int]) -> set[int]:
    """Those of these editions under which a level may be entered without the level below."""
    known = Edition.objects.filter(pk__in=editions).defer("source", "contacts")
    return {one.pk for one in known if any(level.direct_if for level in rulebook_of(one).levels)}
