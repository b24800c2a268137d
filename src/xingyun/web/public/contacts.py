"""Whom to ask: offices and office telephones. No names of persons."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from xingyun.web import answers
from xingyun.web.public.edition import current


@require_safe
def contacts(request: HttpRequest) -> HttpResponse:
    """The offices of the edition's contacts file, each once."""
    found = current()
    listed = found.round.edition.contacts if found else {}
    rows = {(c["office"], c["phone"], c.get("place", "")): c["authority"] for c in listed.get("contacts", [])}
    context = {"rows": list(rows), "help": listed.get("help", {})}
    return answers.page(request, "public/contacts.html", context)
