"""How views answer: pages, thanks, and refusals that keep what was typed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _

from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.web import in_view, typed


def page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Render a page in its layout; `book` in the context is the edition that it speaks of."""
    with in_view.speaking_of(context):
        return render(request, template, context, status=status)


def done(request: HttpRequest, message: str, to: str, *args: Any, **kwargs: Any) -> HttpResponse:
    """After an act: say what has happened and go on to a page (a name or an address)."""
    if wants_json(request):
        return JsonResponse({"ok": True, "message": message, "to": resolve_url(to, *args, **kwargs)})
    messages.success(request, message)
    return HttpResponseRedirect(resolve_url(to, *args, **kwargs))


def again(
    request: HttpRequest, refused: Refused, template: str, context: dict[str, Any], **more: Any
) -> HttpResponse:
    """The same page once more, `refused` in its context to be shown on top, what was typed kept in it.

    Who may not do it at all gets no page of it: NotAllowed is raised anew.
    """
    if isinstance(refused, NotAllowed):
        raise refused
    if wants_json(request):
        return refusal(request, refused)
    return page(request, template, {**context, **more, "refused": refused}, status=status_of(refused))


def refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    """A refusal that no view has caught: for a script as JSON, for a person as a page."""
    status = status_of(refused)
    if wants_json(request):
        body = {"message": refused.message, "clause": refused.clause, "field": refused.field}
        return JsonResponse(body, status=status)
    if isinstance(refused, NotAllowed):
        return page(request, "errors/404.html", {}, status=status)
    context = {"refused": refused, "kept": typed.kept(request), "back": back(request)}
    return page(request, "errors/refused.html", context, status=status)


def status_of(refused: Refused) -> int:
    """NotAllowed looks like nothing there; a conflict is one; the rest can be mended."""
    if isinstance(refused, NotAllowed):
        return 404
    return 409 if isinstance(refused, Conflict) else 422


def login_needed(request: HttpRequest) -> HttpResponse:
    """Nobody is signed in: a script is told where to sign in, a person is taken there and back."""
    login = reverse("account_login")
    if wants_json(request):
        return JsonResponse({"message": _("登录已过期，请重新登录。"), "login": login}, status=401)
    from django.contrib.auth.views import redirect_to_login

    return redirect_to_login(request.get_full_path() if request.method == "GET" else back(request), login)


def password_needed(request: HttpRequest) -> HttpResponse:
    """Somebody else knows this person's password: a new one is chosen before anything else."""
    said = _("您的密码是别人代设的，请先改成自己的。")
    change = reverse("account_change_password")
    if wants_json(request):
        return JsonResponse({"message": said, "login": change}, status=401)
    messages.warning(request, said)
    return HttpResponseRedirect(change)


def wants_json(request: HttpRequest) -> bool:
    """Whether one of our scripts is asking."""
    return request.headers.get("Accept", "").startswith("application/json")


def back(request: HttpRequest) -> str:
    """The page the form stood on; only an own address is ever used."""
    from django.utils.http import url_has_allowed_host_and_scheme

    referer = request.headers.get("Referer", "")
    own = url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure())
    return referer if own else reverse("start")
