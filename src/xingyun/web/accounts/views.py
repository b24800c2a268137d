"""What stands beside the sign-in library's own views."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from xingyun.web import answers


@require_safe
def forgotten(request: HttpRequest) -> HttpResponse:
    """Whom to ask for a new password: the enterprise or office of an account vouches for the person."""
    return answers.page(request, "account/forgotten.html", {})
