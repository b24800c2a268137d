"""What was awarded, and whether a certificate is genuine.

Enterprise, authority, level and number: nothing else of a title is public.
"""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from xingyun.registry.models import Title
from xingyun.web import answers
from xingyun.web.public.edition import Current, current
from xingyun.web.wording import tell

PAGE = 50
LONGEST = 60


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """The titles of the round, highest first, a page at a time; `?level=` narrows, `?after=` goes on."""
    found = current()
    if found is None:
        return answers.page(request, "public/nothing.html", {})
    levels = {level.key: level for level in found.book.levels}
    level = request.GET.get("level", "")
    rows = list(page(awarded(found, level), request.GET.get("after", ""))[: PAGE + 1])
    more = len(rows) > PAGE
    rows = rows[:PAGE]
    after = f"{rows[-1].rank}-{rows[-1].pk}" if more else ""
    context = {"found": found, "rows": rows, "levels": levels, "level": level, "after": after}
    return answers.page(request, "public/results.html", context)


def awarded(found: Current, level: str) -> QuerySet[Title]:
    """The titles that stand, of the round's programme and year."""
    known = Title.objects.filter(programme=found.round.programme.key, year=found.round.year, revoked_at=None)
    known = known.filter(level=level) if level else known
    return known.select_related("enterprise__authority").order_by("-rank", "id")


def page(titles: QuerySet[Title], after: str) -> QuerySet[Title]:
    """The titles behind the one at which the page before ended (`rank-id`)."""
    rank, _dash, pk = after.partition("-")
    if not (rank.isdecimal() and pk.isdecimal()):
        return titles
    return titles.filter(rank=int(rank), id__gt=int(pk)) | titles.filter(rank__lt=int(rank))


@require_safe
def verify(request: HttpRequest, verification: UUID | None = None) -> HttpResponse:
    """Look a certificate up by the code in its QR sign, or by its number."""
    serial = request.GET.get("serial", "").strip()[:LONGEST]
    known = Title.objects.select_related("enterprise__authority")
    title = None
    if verification is not None:
        title = known.filter(verification=verification).first()
    elif serial:
        title = known.filter(serial__iexact=serial).first()
    asked = bool(serial or verification)
    context = {"serial": serial, "title": title, "asked": asked, "level": level_name(title) if title else ""}
    return answers.page(
        request, "public/verify.html", context, status=404 if asked and title is None else 200
    )


def level_name(title: Title) -> str:
    """The level's name in the edition that runs, its key where that edition has none of that key."""
    found = current()
    known = {level.key: tell(level.name) for level in found.book.levels} if found else {}
    return known.get(title.level, title.level)
