"""The dates of a round for officials: with every authority's own, and why they were changed."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from xingyun import clock
from xingyun.results.queries import dates
from xingyun.rounds.queries import rulebook_of
from xingyun.web import answers, timeline
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.rounds import found


@require_safe
@require_seat()
def page(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Everything with a date; among officials the dates and their reasons are no secret."""
    round_ = found(uid)
    book, now = rulebook_of(round_.edition), clock.now()
    known = dates(round_)
    listed = timeline.lines(known, book, now)
    context = {
        "round": round_,
        "book": book,
        "lines": listed,
        "coming": timeline.coming(listed),
        "own": timeline.own_dates(known, book, now),
        "changes": [
            (change, timeline.names([change.window.authority], book) if change.window.authority else "")
            for change in known.changes
        ],
        "stages": timeline.stage_names(book),
    }
    return answers.page(request, "officials/timeline.html", context)
