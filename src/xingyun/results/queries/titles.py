"""What was awarded: the public list, and the certificate behind a code."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from xingyun.applications.models import Application
from xingyun.registry.models import Title
from xingyun.results.models import Award

SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the public list shows; what is empty does not narrow it. `after` is the page before's cursor."""

    year: int | None = None
    level: str = ""
    authority: str = ""
    text: str = ""
    after: str = ""
    size: int = SIZE


@dataclass(frozen=True, slots=True)
class Page:
    """A page of titles; `after` is the cursor of the next one, empty at the end."""

    rows: tuple[Title, ...]
    after: str


def public_titles(programme: str, filters: Filters) -> Page:
    """The titles that stand, highest first, with enterprise and authority (one query)."""
    found = Title.objects.filter(programme=programme, revoked_at=None)
    found = _narrowed(found, filters).select_related("enterprise__authority").order_by("-rank", "id")
    listed = tuple(_behind(found, filters.after)[: filters.size + 1])
    more = len(listed) > filters.size
    listed = listed[: filters.size]
    return Page(listed, f"{listed[-1].rank}-{listed[-1].pk}" if more else "")


def certificate(verification: UUID) -> Award | None:
    """The award behind the code on a certificate, its title revoked or not."""
    related = ("title", "application__enterprise", "application__edition", "announcement__notice__authority")
    return (
        Award.objects.select_related(*related, "certificate__file")
        .filter(title__verification=verification)
        .first()
    )


def award_of(application: Application) -> Award | None:
    """The award that came of an application, with its certificate."""
    known = Award.objects.select_related("title", "announcement__paper__file", "certificate__file")
    return known.filter(application=application).first()


def _narrowed(found: QuerySet[Title], filters: Filters) -> QuerySet[Title]:
    same = {
        "year": filters.year,
        "level": filters.level,
        "enterprise__authority__key": filters.authority,
    }
    found = found.filter(**{column: value for column, value in same.items() if value})
    text = filters.text.strip()
    named = Q(enterprise__name__icontains=text) | Q(enterprise__pinyin__icontains=text)
    return found.filter(named) if text else found


def _behind(found: QuerySet[Title], cursor: str) -> QuerySet[Title]:
    rank, _dash, pk = cursor.partition("-")
    if not (rank.isdecimal() and pk.isdecimal()):
        return found
    return found.filter(Q(rank__lt=int(rank)) | Q(rank=int(rank), id__gt=int(pk)))
