"""Language and theme: the visitor's own choice, kept in cookies."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from xingyun.web.context import THEMES

YEAR = 365 * 24 * 3600


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language and go back."""
    return set_language(request)


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the theme and go back; anything but a theme returns to the system's setting."""
    answer = HttpResponseRedirect(own_address(request))
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        answer.set_cookie("theme", chosen, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    else:
        answer.delete_cookie("theme")
    return answer


def own_address(request: HttpRequest) -> str:
    """The address to go back to, the home page where it is not one of ours."""
    wanted = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if own else "/"
