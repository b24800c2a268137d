"""Reading rounds: the pinned rulebook, windows, places."""

from collections.abc import Iterable
from copy import copy
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.db.models import BigIntegerField, F, Q, QuerySet, SlugField

from xingyun.prepared import Parameter, Prepared
from xingyun.registry.models import Authority, Snapshot
from xingyun.rounds.models import Amendment, Edition, Extension, Programme, QuotaLine, Round, Window
from xingyun.rounds.states import RoundState
from xingyun.rulebook import Rulebook, load_source
from xingyun.rulebook.schema.levels import Quota


@lru_cache(maxsize=16)
def _compiled(digest: str, pk: int) -> Rulebook:
    source: dict[str, str] = Edition.objects.values_list("source", flat=True).get(pk=pk, digest=digest)
    return load_source(source)


def rulebook_of(edition: Edition) -> Rulebook:
    """The edition's rulebook, read and checked once in a process (an edition never changes)."""
    return _compiled(edition.digest, edition.pk)


def latest_edition(programme_key: str) -> Edition | None:
    """The newest edition of a programme."""
    found = Edition.objects.filter(programme__key=programme_key).select_related("programme")
    return found.defer("source").order_by("-number").first()


def rounds() -> QuerySet[Round]:
    """All rounds with what pages need of them, newest first."""
    known = Round.objects.select_related("programme", "edition", "authority").defer("edition__source")
    return known.order_by("-year", "-number", "-id")


def open_rounds() -> list[Round]:
    """The rounds that are open now, one a programme at most, the longest open first."""
    return list(rounds().filter(state=RoundState.OPEN).order_by("opened_at", "id"))


def current_rounds() -> list[Round]:
    """Of every programme the open round, else the newest that was ever opened: what pages speak of.

    Open ones come first, the longest open before the others; those that are over follow, newest first.
    """
    found: dict[int, Round] = {}
    for one in _CURRENT():
        found.setdefault(one.programme_id, one)
    return list(found.values())


_CURRENT: Prepared[Round] = Prepared(
    lambda: (
        rounds()
        .exclude(state=RoundState.PLANNED)
        .order_by(F("closed_at").desc(nulls_first=True), "opened_at", "-year", "-number")
    )
)


def current_round(programme: str = "") -> Round | None:
    """The current round of the programme of that key; without a key the first one."""
    return next((r for r in current_rounds() if programme in ("", r.programme.key)), None)


def window(round: Round, authority: Authority | None, stage: str) -> Window | None:
    """The dates of a stage for an authority: its own window, else the one for all."""
    return _WINDOW.first(round=round.pk, stage=stage, authority=authority.pk if authority else None)


_WINDOW: Prepared[Window] = Prepared(
    lambda: Window.objects.filter(
        Q(authority_id=Parameter("authority", BigIntegerField())) | Q(authority=None),
        round_id=Parameter("round", BigIntegerField()),
        stage=Parameter("stage", SlugField()),
        replaced_at=None,
    ).order_by(F("authority_id").desc(nulls_last=True))[:1]
)


def is_open(round: Round, authority: Authority, stage: str, now: datetime) -> bool:
    """Whether the round is open and `now` lies in [opens, closes) of that stage, in one of its batches."""
    if round.state != RoundState.OPEN:
        return False
    found = window(round, authority, stage)
    if found is None or not found.opens <= now < found.closes:
        return False
    has_batches = any(w.key == stage and w.batches for w in rulebook_of(round.edition).windows)
    return not has_batches or batch_of(round, now) is not None


def taking(found: Window | None, rulebook: Rulebook, day: date) -> Window | None:
    """A window narrowed to the batch of that day or the next one, where there are pauses between batches.

    What is narrowed is a copy to be read, never saved.
    """
    if found is None:
        return None
    dates = rulebook.batch_dates(found.stage, day)
    if dates is None:
        return found
    opens, closes = dates
    narrowed = copy(found)
    narrowed.opens = max(found.opens, opens or found.opens)
    narrowed.closes = min(found.closes, closes)
    return narrowed


def windows_of(round: Round) -> QuerySet[Window]:
    """All live windows of a round with their authorities."""
    live = Window.objects.filter(round=round, replaced_at=None).select_related("authority")
    return live.order_by("stage", "authority_id", "id")


Longer = dict[tuple[int, str, int | None], datetime]


def longer(rounds: Iterable[Round]) -> Longer:
    """Until when deadlines are extended: by round, deadline and authority (None: all); one query."""
    live = Extension.objects.filter(round__in=[r.pk for r in rounds], replaced_at=None)
    return {(e.round_id, e.deadline, e.authority_id): e.until for e in live}


def extensions(round: Round) -> QuerySet[Extension]:
    """Every extension of a round, replaced ones too, newest first."""
    known = Extension.objects.filter(round=round).select_related("authority", "granted_by")
    return known.order_by("-granted_at", "-id")


def quota_lines(programme: Programme, authority: Authority, year: int) -> dict[str, QuotaLine]:
    """The authority's quota lines of a year by group."""
    lines = QuotaLine.objects.filter(programme=programme, authority=authority, year=year)
    return {line.group: line for line in lines.order_by("group")}


def group_of(round: Round, quota: Quota, batch: str | None = None) -> str:
    """Under which group a quota's places are counted: per year all rounds share it, per batch none does."""
    if quota.per == "year":
        return quota.key
    own = f"{quota.key}-{round.number}"
    return f"{own}-{batch}" if quota.per == "batch" else own


def groups_of(round: Round, quota: Quota) -> dict[str, str | None]:
    """Every group of a quota in a round with its batch (a key, None where batches do not count)."""
    if quota.per != "batch":
        return {group_of(round, quota): None}
    return {group_of(round, quota, b.key): b.key for b in rulebook_of(round.edition).batches}


def batch_of(round: Round, at: datetime | None) -> str | None:
    """The batch that an application submitted at that moment falls into, by the programme's calendar."""
    rulebook = rulebook_of(round.edition)
    batch = rulebook.batch(at.astimezone(ZoneInfo(rulebook.programme.timezone)).date()) if at else None
    return batch.key if batch else None


def snapshots(year: int) -> dict[int, Snapshot]:
    """The released snapshots of a year by authority."""
    return {s.authority_id: s for s in Snapshot.objects.filter(year=year)}


def amendments(round: Round) -> QuerySet[Amendment]:
    """What was amended in a round or is to be, newest first."""
    known = Amendment.objects.filter(round=round).select_related("before", "after", "announced_by")
    heavy = ("before__source", "before__contacts", "after__source", "after__contacts")
    return known.defer(*heavy).order_by("-id")


def amendments_due(today: date) -> QuerySet[Amendment]:
    """Announced amendments of running rounds whose day has come, the oldest first."""
    waiting = Amendment.objects.filter(effected_at=None, withdrawn_at=None, effective_on__lte=today)
    return waiting.filter(round__state=RoundState.OPEN).select_related("round").order_by("id")
