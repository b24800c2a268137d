"""The clauses of the notice in own words, and how the round carries out what they leave open."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from xingyun.rulebook import Rulebook
from xingyun.web import answers
from xingyun.web.public.edition import current, edition_book


@require_safe
def notice(request: HttpRequest, digest: str = "") -> HttpResponse:
    """The clauses of the edition in force, or of the edition of that digest."""
    found = current()
    if digest:
        return shown(request, edition_book(digest))
    if found is None:
        return answers.page(request, "public/nothing.html", {})
    return shown(request, found.book)


def shown(request: HttpRequest, book: Rulebook) -> HttpResponse:
    """The page of one edition."""
    chapters = [list(group) for _name, group in groupby(book.clauses, key=lambda c: c.chapter)]
    return answers.page(request, "public/notice.html", {"book": book, "chapters": chapters})
