"""The dates of a round for everybody: one page for each programme, and for rounds that are over."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xingyun import clock
from xingyun.results.queries import dates
from xingyun.reviews.queries import common
from xingyun.rounds.queries import rounds, rulebook_of
from xingyun.rounds.states import RoundState
from xingyun.web import answers, timeline
from xingyun.web.orders import KEYS, published
from xingyun.web.public.edition import Current, current, currents
from xingyun.web.public.programmes import which


@require_safe
def page(request: HttpRequest, programme: str = "") -> HttpResponse:
    """The programme's round."""
    found = current(programme)
    if found is None:
        return which(request, "timeline", _("看哪个项目的时间安排？"))
    return shown(request, found)


@require_safe
def of_round(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A round that was opened once, over or not. Raises Http404 for any other."""
    found = rounds().exclude(state=RoundState.PLANNED).filter(uid=uid).first()
    if found is None:
        raise Http404
    return shown(request, Current(found, rulebook_of(found.edition), len(currents()) == 1))


def shown(request: HttpRequest, found: Current) -> HttpResponse:
    """The page of a round."""
    now = clock.now()
    known = dates(found.round)
    listed = timeline.lines(known, found.book, now)
    context = {
        "found": found,
        "book": found.book,
        "lines": listed,
        "coming": timeline.coming(listed),
        "own": timeline.own_dates(known, found.book, now),
        "rule": found.book.ranking,
        "common": common(found.round),
        "bases": published(found.round, found.book),
        "keys": KEYS,
    }
    return answers.page(request, "public/timeline.html", context)
