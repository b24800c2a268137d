"""The pages for what went wrong: what it is, what to do, that nothing is lost."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from xingyun.web import answers, typed


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """400."""
    return answer(request, 400, _("这个请求没有看懂。请回到上一页再做一次。"))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """403."""
    return answer(request, 403, _("这一步不对您的账号开放。"))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """404: nothing there, or nothing that this person may see."""
    return answer(request, 404, _("没有这个页面，或者它不对您开放。"))


def fault(request: HttpRequest) -> HttpResponse:
    """500: no frame, because whatever broke may be needed to draw it."""
    if answers.wants_json(request):
        return JsonResponse(
            {"message": _("系统出了故障，刚写的内容留在您的电脑上。请过几分钟再试。")}, status=500
        )
    return render(None, "errors/500.html", status=500)  # no context processors


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403: the form was older than the session. What was typed is shown, to be copied or sent again."""
    text = _("这个页面放得太久，登录状态变了，所以没有收下。")
    if answers.wants_json(request):
        return JsonResponse({"message": text}, status=403)
    return render(request, "errors/csrf.html", {"kept": typed.kept(request)}, status=403)


def answer(request: HttpRequest, status: int, text: str) -> HttpResponse:
    """The page of this status, or the sentence for a script."""
    if answers.wants_json(request):
        return JsonResponse({"message": text}, status=status)
    context: dict[str, Any] = {"kept": typed.kept(request)} if request.method == "POST" else {"kept": []}
    return render(request, f"errors/{status}.html", context, status=status)
