"""Registering an enterprise: anybody with the licence and a sealed authorisation."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from xingyun import clock
from xingyun.audit.errors import NotAllowed
from xingyun.registry import actions
from xingyun.registry.models import Authority
from xingyun.rounds.queries import current_rounds, rulebook_of
from xingyun.rulebook import Rulebook
from xingyun.web import answers
from xingyun.web.enterprise.intake import bounded
from xingyun.web.enterprise.registration_form import LIMIT, PAPERS, Kept, Registration, tried, with_papers
from xingyun.web.wording import tell

PAGE = "enterprise/register.html"


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@bounded(lambda: 2 * LIMIT)
def register(request: HttpRequest) -> HttpResponse:
    """The form, and what becomes of it."""
    places = choices([rulebook_of(round_.edition) for round_ in current_rounds()])
    if request.method != "POST":
        return answers.page(request, PAGE, context(Registration(places=places), {}))
    form = Registration(request.POST, places=places)
    at_hand = with_papers(request, form, clock.now())
    if form.is_valid() and (answer := attempt(request, form, at_hand)):
        return answer
    return answers.page(request, PAGE, context(form, at_hand), status=422)


def attempt(request: HttpRequest, form: Registration, at_hand: dict[str, Kept]) -> HttpResponse | None:
    """Register; None when it was refused, the reason then stands in the form."""
    typed: dict[str, Any] = dict(form.cleaned_data)
    authority = Authority.objects.get(key=typed.pop("authority"))
    files: dict[str, Any] = {field: kept.file for field, kept in at_hand.items()}
    act = partial(actions.register_enterprise, **typed, **files, authority=authority, now=clock.now())
    if not tried(request, form, act):
        return None
    return answers.done(request, _("注册已经交上去了。"), "registered", authority.key)


def choices(books: Iterable[Rulebook]) -> list[tuple[str, str]]:
    """Where enterprises file: the authorities that have none below them, in whichever programme."""
    listed = [(book, {a.parent for a in book.authorities}) for book in books]
    found = {a.key: tell(a.name) for book, above in listed for a in book.authorities if a.key not in above}
    return list(found.items())


def context(form: Registration, at_hand: dict[str, Kept]) -> dict[str, Any]:
    """What the page shows; without any place to file nobody can register yet."""
    return {"form": form, "at_hand": at_hand, "papers": PAPERS, "limit": LIMIT, "places": form.places}


@require_safe
def registered(request: HttpRequest, authority: str) -> HttpResponse:
    """What the authority does next. It names no enterprise, so anybody may read it."""
    found = Authority.objects.filter(key=authority).first()
    if found is None:
        raise NotAllowed("")
    return answers.page(request, "enterprise/registered.html", {"authority": found})


@require_safe
def letter(request: HttpRequest) -> HttpResponse:
    """The authorisation to print, fill in and seal."""
    return answers.page(request, "enterprise/letter.html", {})
