"""Public pages."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from xingyun.web import answers


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page."""
    return answers.page(request, "public/home.html", {})


notice = self_check = results = verify = contacts = home
