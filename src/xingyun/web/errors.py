"""The pages for what went wrong: what it is, what to do, that nothing is lost."""

import sys
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from xingyun.audit.outages import Outage, outage
from xingyun.web import answers, typed

SOON = 15  # seconds after which it may be tried again
STATUS = {Outage.DATABASE: 503, Outage.ROOM: 507}


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
    """500: no frame, because whatever broke may be needed to draw it. An outage is told as what it is."""
    if (met := outage(sys.exc_info()[1])) is not None:
        return away(request, met)
    if answers.wants_json(request):
        return JsonResponse(
            {"message": _("系统出了故障，刚写的内容留在您的电脑上。请过几分钟再试。")}, status=500
        )
    return render(None, "errors/500.html", status=500)  # no context processors


def away(request: HttpRequest, met: Outage) -> HttpResponse:
    """503 while the database does not answer, 507 while a disk is full; what was typed is given back."""
    if met is Outage.DATABASE:
        heading = _("系统正在恢复，请等一会儿")
        advice = _(
            "数据库暂时没有应答，多半一分钟内就好。已保存的内容都在。刚才那一步做成了没有，"
            "请等一会儿先打开原来的页面看一看；没有做成，再做一次。"
        )
    else:
        heading = _("服务器的存储空间满了，这一步没有做成")
        advice = _("什么也没有改变，已保存的内容都在。请告诉系统管理员，腾出空间以后再做一次。")
    status = STATUS[met]
    if answers.wants_json(request):
        response: HttpResponse = JsonResponse({"message": f"{heading}{_('。')}{advice}"}, status=status)
    else:
        kept = typed.kept(request) if request.method == "POST" else []
        told = {"heading": heading, "advice": advice, "kept": kept}
        response = render(None, "errors/outage.html", told, status=status)
    response["Retry-After"] = str(SOON)
    return response


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
