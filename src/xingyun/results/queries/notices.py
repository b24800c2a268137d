"""Public notices: the list, and whether it still takes objections. No personal data comes near here."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from xingyun.results.models import Announcement, Notice, NoticeLine
from xingyun.rounds.models import Round
from xingyun.rounds.queries import rulebook_of
from xingyun.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class NoticePage:
    """A notice with its lines, highest level first; struck ones stay on the list as struck."""

    notice: Notice
    lines: tuple[NoticeLine, ...]
    rulebook: Rulebook
    announcement: Announcement | None
    running: bool


def notices(round: Round) -> QuerySet[Notice]:
    """The notices of a round, newest first."""
    known = Notice.objects.filter(round=round).select_related("authority", "paper__file", "round__programme")
    return known.order_by("-seq")


def open_notice(round: Round, now: datetime) -> Notice | None:
    """The notice of a round that takes objections now."""
    return notices(round).filter(opens__lte=now, closes__gt=now).first()


def notice(uid: UUID, now: datetime, *, after: str = "", size: int | None = None) -> NoticePage | None:
    """A notice with its lines (three queries), all or `size` of them; None when there is none of this id.

    `after` is the place (`rank-id`) of the line at which the page before ended; one line more than `size`
    is read, so that the reader knows whether there are more.
    """
    known = Notice.objects.select_related("authority", "paper__file", "round__programme", "round__edition")
    found = known.defer("round__edition__source", "round__edition__contacts").filter(uid=uid).first()
    if found is None:
        return None
    lines = NoticeLine.objects.filter(notice=found).select_related(
        "application__enterprise", "application__authority"
    )
    ordered = behind(lines.defer("application__answers"), after).order_by("-rank", "id")
    ordered = ordered if size is None else ordered[: size + 1]
    announced = Announcement.objects.filter(notice=found).select_related("paper__file").first()
    running = found.opens <= now < found.closes
    return NoticePage(found, tuple(ordered), rulebook_of(found.round.edition), announced, running)


def behind(lines: QuerySet[NoticeLine], after: str) -> QuerySet[NoticeLine]:
    """The lines that follow the place `rank-id`; all of them when it names none."""
    rank, _dash, pk = after.partition("-")
    if not (rank.isdecimal() and pk.isdecimal()):
        return lines
    return lines.filter(Q(rank=int(rank), id__gt=int(pk)) | Q(rank__lt=int(rank)))


def line_of(uid: UUID, pk: int) -> NoticeLine | None:
    """A line of a notice, with what an objection to it needs."""
    known = NoticeLine.objects.select_related("notice__round__edition", "notice__authority", "application")
    return known.filter(notice__uid=uid, pk=pk).first()
