"""The clauses of the notice in own words, and how the round carries out what they leave open."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xingyun.rulebook import Rulebook
from xingyun.web import answers
from xingyun.web.public.edition import current, edition_book
from xingyun.web.public.programmes import which


@require_safe
def notice(request: HttpRequest, digest: str = "", programme: str = "") -> HttpResponse:
    """The clauses of the edition in force, or of the edition of that digest."""
    if digest:
        return shown(request, edition_book(digest))
    found = current(programme)
    return shown(request, found.book) if found else which(request, "notice", _("看哪个项目的通知？"))


def shown(request: HttpRequest, book: Rulebook) -> HttpResponse:
    """The page of one edition."""
    chapters = [list(group) for _name, group in groupby(book.clauses, key=lambda c: c.chapter)]
    return answers.page(request, "public/notice.html", {"book": book, "chapters": chapters})
