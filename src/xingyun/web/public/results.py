"""What was awarded, and whether a certificate is genuine.

Enterprise, authority, level and number: nothing else of a title is public.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xingyun.clock import now
from xingyun.papers.signing import signed_by
from xingyun.registry.models import Title
from xingyun.results.queries import Filters, open_notice, public_titles
from xingyun.rulebook import Text
from xingyun.web import answers
from xingyun.web.public.edition import current, currents
from xingyun.web.public.programmes import which
from xingyun.web.public.unchanged import while_nothing_happens
from xingyun.web.wording import tell

LONGEST = 60


@require_safe
@while_nothing_happens
def results(request: HttpRequest, programme: str = "") -> HttpResponse:
    """The titles of the round, highest first, a page at a time; `?level=` narrows, `?after=` goes on."""
    found = current(programme)
    if found is None:
        return which(request, "results", _("看哪个项目的结果？"))
    level = request.GET.get("level", "")
    wanted = Filters(year=found.round.year, level=level, after=request.GET.get("after", ""))
    listed = public_titles(found.round.programme.key, wanted)
    context = {
        "found": found,
        "book": found.book,
        "rows": listed.rows,
        "after": listed.after,
        "level": level,
        "levels": {lv.key: lv for lv in found.book.levels},
        "running": open_notice(found.round, now()),
    }
    return answers.page(request, "public/results.html", context)


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
    context = {
        "serial": serial,
        "title": title,
        "asked": asked,
        "level": "",
        **(names_of(title) if title else {}),
        "signer": signed_by() if title else None,
    }
    return answers.page(
        request, "public/verify.html", context, status=404 if asked and title is None else 200
    )


def names_of(title: Title) -> dict[str, str]:
    """What award and level are called in the programme's edition; the keys where there is none of them."""
    own = next((one.book for one in currents() if one.round.programme.key == title.programme), None)
    if own is None:
        return {"award": title.programme, "level": title.level}
    known = {level.key: tell(level.name) for level in own.levels}
    award = tell(Text(own.programme.award, own.programme.award_en))
    return {"award": award, "level": known.get(title.level, title.level)}
