"""The paper desk: what a scanned code stands for, what has arrived at an office, and what is missing."""

from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from xingyun.applications.models import Application, Submission
from xingyun.applications.permissions import READERS
from xingyun.applications.queries import read_code, versions_with, visible_to
from xingyun.applications.states import AFTER_REPORT
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority
from xingyun.reviews.models import Arrival, Decision, Report, ReportLine
from xingyun.reviews.states import PAPER_EXPECTED, Kind, Outcome
from xingyun.rounds.models import Round

SIZE = 200


@dataclass(frozen=True, slots=True)
class Booklet:
    """An application whose booklet is expected, its version and pages online, and what came of it so far."""

    application: Application
    version: int
    pages: int
    arrival: Arrival | None


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is expected at an office: how many there are and have arrived, the first of those asked for."""

    total: int
    arrived: int
    rows: tuple[Booklet, ...]

    @property
    def missing(self) -> int:
        """How many have not arrived."""
        return self.total - self.arrived


def scanned(actor: Actor, text: str) -> tuple[Application, int | None]:
    """The application and version of a scanned code or a typed number, in this person's scope.

    Without a version where none was said, or where the scanned page is the same in several versions.

    Raises Refused with `field` and with words what to do.
    """
    code = read_code(text)
    if code is None:
        said = _("这不是申报书上的二维码，也不是申报编号。请扫目录页右下角的码，或照着页脚的编号输入。")
        raise Refused(said, field="code")
    if not (actor.is_auditor or actor.authorities(*READERS)):
        raise NotAllowed("")
    found = visible_to(actor).filter(number__iexact=code.number).first()
    if found is None:
        said = _("没有找到申报编号 %s。请核对编号；别的单位受理的、还没有上报来的，这里查不到。")
        raise Refused(said % code.number, field="code")
    if code.page is None:
        return found, code.version
    known = versions_with(found, code.page)
    if not known:
        said = _("扫到的一页不在%s的任何一版申报书里。请扫目录页右下角的码；还是这样的，这一册不收。")
        raise Refused(said % found.number, field="code")
    # A page that did not change is in several versions: only the contents tell them apart.
    return found, known[0] if len(known) == 1 else None


def arrivals_of(application: Application, authorities: tuple[int, ...]) -> list[Arrival]:
    """What was recorded of an application's booklets at these offices, newest first (one query)."""
    known = Arrival.objects.filter(application=application, authority__in=authorities)
    return list(known.select_related("authority", "recorded_by", "receipt").order_by("-id"))


def current(application: Application, authority: int, version: int) -> Arrival | None:
    """What holds of a version at an office: the last row of its line."""
    known = Arrival.objects.filter(application=application, authority=authority, version=version)
    return known.order_by("-id").first()


def shelf(authority: Authority, round: Round, show: str = "") -> Shelf:
    """What an office expects in a round; `show` narrows it to "missing" or "arrived" (three queries)."""
    expected = _expected(authority, round)
    counted = expected.aggregate(total=Count("pk"), arrived=Count("arrival"))
    if show in ("missing", "arrived"):
        expected = expected.filter(Q(arrival__isnull=show == "missing"))
    rows = expected.select_related("enterprise", "authority").defer("answers").order_by("number")
    return Shelf(counted["total"], counted["arrived"], tuple(_with_arrivals(list(rows[:SIZE]))))


def missing_of(report: Report, authority: int) -> tuple[int, tuple[str, ...]]:
    """Of how many applications on a report an office expects booklets, and whose it has not got (one query).

    Those that were declined at once are not expected; the tier above expects only what it has to decide on.
    """
    wanted = Q(decision__outcome=Outcome.GRANTED)
    if authority == report.recipient_id:
        wanted &= Q(decision__kind=Kind.RECOMMEND)
    on = ReportLine.objects.filter(Q(decision=None) | wanted, report=report).values("application")
    rows = _at(Application.objects.filter(pk__in=on), authority)
    found = list(rows.order_by("number").values_list("enterprise__name", F("arrival")))
    return len(found), tuple(name for name, arrival in found if arrival is None)


def _expected(authority: Authority, round: Round) -> QuerySet[Application]:
    here = Q(authority=authority)
    below = Q(authority__parent=authority) | Q(authority__parent__parent=authority)
    live = Decision.objects.filter(application=OuterRef("pk"), revoked_at=None)
    recommended = Exists(live.filter(kind=Kind.RECOMMEND, outcome=Outcome.GRANTED)) | ~Exists(live)
    handed_up = below & Q(state__in=AFTER_REPORT) & Q(recommended)
    known = Application.objects.filter(here | handed_up, round=round, state__in=PAPER_EXPECTED)
    return _at(known, authority.pk)


def _at(applications: QuerySet[Application], authority: int) -> QuerySet[Application]:
    """With the version and pages that were handed in, and the id of what holds of its arrival."""
    last = Submission.objects.filter(application=OuterRef("pk")).order_by("-version")
    known = applications.annotate(
        online=Subquery(last.values("booklet__version")[:1]),
        book_pages=Subquery(last.values("booklet__pages")[:1]),
    )
    came = Arrival.objects.filter(
        application=OuterRef("pk"), authority=authority, version=OuterRef("online")
    ).order_by("-id")
    return known.filter(online=F("online")).annotate(arrival=Subquery(came.values("pk")[:1]))


def _with_arrivals(rows: list[Application]) -> list[Booklet]:
    known = Arrival.objects.in_bulk([row.arrival for row in rows if row.arrival])  # type: ignore[attr-defined]
    return [
        Booklet(row, row.online, row.book_pages, known.get(row.arrival))  # type: ignore[attr-defined]
        for row in rows
    ]
