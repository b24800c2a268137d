"""Many decisions that were prepared in one act: how far they are, and what failed."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from xingyun.audit.errors import NotAllowed
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority
from xingyun.registry.states import Role
from xingyun.reviews.models import Bulk, BulkRow
from xingyun.rounds.models import Round

READERS = (Role.PREPARER, Role.REVIEWER, Role.SIGNATORY, Role.READER)


@dataclass(frozen=True, slots=True)
class BulkPage:
    """A bulk with its rows in their order."""

    bulk: Bulk
    rows: tuple[BulkRow, ...]

    @property
    def done(self) -> list[BulkRow]:
        """The rows that have their decision."""
        return [row for row in self.rows if row.decision_id is not None]

    @property
    def failed(self) -> list[BulkRow]:
        """The rows that were refused."""
        return [row for row in self.rows if row.message]

    @property
    def waiting(self) -> list[BulkRow]:
        """The rows that were not tried yet."""
        return [row for row in self.rows if row.tried_at is None]


def bulk_page(actor: Actor, uid: UUID) -> BulkPage:
    """A bulk of an office in which this person works (two queries); NotAllowed otherwise."""
    seen = Q() if actor.is_auditor else Q(authority__in=actor.authorities(*READERS))
    related = ("authority", "round__programme", "round__edition", "asked_by")
    known = Bulk.objects.select_related(*related).defer("round__edition__source", "round__edition__contacts")
    found = known.filter(seen, uid=uid).first()
    if found is None:
        raise NotAllowed(_("没有找到这一批决定。"))
    rows = BulkRow.objects.filter(bulk=found).select_related("application__enterprise", "decision")
    return BulkPage(found, tuple(rows.defer("application__answers").order_by("seq")))


def bulks_of(authority: Authority, round: Round) -> QuerySet[Bulk]:
    """The bulks of an office in a round, newest first, each with how many rows it has and how many failed."""
    known = Bulk.objects.filter(authority=authority, round=round).select_related("asked_by")
    rows = BulkRow.objects.filter(bulk=OuterRef("pk")).order_by().values("bulk")
    size = Subquery(rows.annotate(n=Count("id")).values("n"))
    failed = Subquery(rows.annotate(n=Count("id", filter=~Q(message=""))).values("n"))
    return known.annotate(size=size, failed=failed).order_by("-asked_at", "-id")
