"""Whom to ask: offices and office telephones. No names of persons."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from xingyun.web import answers
from xingyun.web.public.edition import current, currents


@require_safe
def contacts(request: HttpRequest, programme: str = "") -> HttpResponse:
    """The offices of the editions' contacts files, each once: those of one programme, or of all."""
    found = [one] if (one := current(programme)) else currents()
    files = [each.round.edition.contacts for each in found]
    listed = [c for file in files for c in file.get("contacts", [])]
    rows = {(c["office"], c["phone"], c.get("place", "")): c["authority"] for c in listed}
    help_: dict[str, str] = next((file["help"] for file in files if file.get("help")), {})
    context = {"rows": list(rows), "help": help_}
    return answers.page(request, "public/contacts.html", context)
