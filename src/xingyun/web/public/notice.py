"""The clauses of the notice in own words, and how the round carries out what they leave open."""

from collections.abc import Iterable
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xingyun.rounds.models import Amendment, Round
from xingyun.rounds.queries import amendments, rulebook_of
from xingyun.rulebook import Rulebook
from xingyun.rulebook.diff import Change, diff
from xingyun.web import answers
from xingyun.web.public.edition import current, edition_book
from xingyun.web.public.programmes import which

MOST = 5
Amended = tuple[Amendment, tuple[Change, ...]]


@require_safe
def notice(request: HttpRequest, digest: str = "", programme: str = "") -> HttpResponse:
    """The clauses of the edition in force, or of the edition of that digest."""
    if digest:
        return shown(request, edition_book(digest))
    found = current(programme)
    if found is None:
        return which(request, "notice", _("看哪个项目的通知？"))
    return shown(request, found.book, amended(found.round))


def shown(request: HttpRequest, book: Rulebook, amendments: Iterable[Amended] = ()) -> HttpResponse:
    """The page of one edition."""
    chapters = [list(group) for _name, group in groupby(book.clauses, key=lambda c: c.chapter)]
    context = {"book": book, "chapters": chapters, "amendments": amendments}
    return answers.page(request, "public/notice.html", context)


def amended(round_: Round) -> list[Amended]:
    """What was amended in the round or is to be, and what that changes, newest first."""
    standing = amendments(round_).filter(withdrawn_at=None)[:MOST]
    return [(one, diff(rulebook_of(one.before), rulebook_of(one.after))) for one in standing]
