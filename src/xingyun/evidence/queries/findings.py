"""Reading findings: what an applicant is told of its own file, and what officials see."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from xingyun.evidence.models import Dossier, Finding
from xingyun.evidence.states import FindingState

TOLD = (FindingState.OPEN, FindingState.CONFIRMED)


def own_findings(dossier: Dossier) -> QuerySet[Finding]:
    """What its applicant is told: inside its own file only, and nothing that was settled."""
    live = Finding.objects.filter(dossier=dossier, across=False, gone_at=None, status__in=TOLD)
    return live.select_related("file").order_by("id")


def all_findings(dossier: Dossier, at: datetime | None = None) -> QuerySet[Finding]:
    """What officials see, now or as it was at a moment; other applicants by name and office."""
    live = Q(gone_at=None) if at is None else Q(found_at__lte=at) & (Q(gone_at=None) | Q(gone_at__gt=at))
    found = Finding.objects.filter(live, dossier=dossier)
    return found.select_related(
        "file", "decided_by", "other__enterprise__authority", "other__round"
    ).order_by("-across", "id")


def open_counts(dossiers: Collection[int]) -> dict[int, int]:
    """How many findings of each dossier wait for a ruling (one query)."""
    waiting = _waiting().filter(dossier__in=list(dossiers)).order_by()
    return dict(waiting.values_list("dossier").annotate(n=Count("id")))


def has_open(dossier: str) -> Exists:
    """A condition on rows whose column of that name is a dossier."""
    return Exists(_waiting().filter(dossier=OuterRef(dossier)))


def waiting(findings: Iterable[Finding]) -> list[Finding]:
    """Those that nobody has ruled yet."""
    return [one for one in findings if one.status == FindingState.OPEN]


def _waiting() -> QuerySet[Finding]:
    return Finding.objects.filter(gone_at=None, status=FindingState.OPEN)
