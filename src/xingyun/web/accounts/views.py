"""What stands beside the sign-in library's own views: the way back in, and whose an address is."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from xingyun import clock
from xingyun.accounts import actions as accounts
from xingyun.accounts import tokens
from xingyun.accounts.adapter import may_ask_for_password
from xingyun.audit.errors import Refused
from xingyun.registry import actions
from xingyun.web import answers

FORGOTTEN, NEW, ADDRESS = "account/forgotten.html", "account/new_password.html", "account/address.html"


@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """By mail where there is mail; else whom to ask. The answer is the same whoever is named."""
    context = {"mails": bool(settings.MAIL_URL), "username": request.POST.get("username", "")}
    if request.method != "POST":
        return answers.page(request, FORGOTTEN, context)
    name = request.POST.get("username", "")
    if not name.strip():
        return answers.again(request, Refused(_("请填写登录名。"), field="username"), FORGOTTEN, context)
    if not may_ask_for_password(request, name):
        said = Refused(_("申请得太频繁，请过几分钟再试。"))
        return answers.again(request, said, FORGOTTEN, context)
    if settings.MAIL_URL:
        actions.mail_reset(username=name, now=clock.now())
    return answers.page(request, FORGOTTEN, {**context, "asked": True})


@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def new_password(request: HttpRequest, token: str) -> HttpResponse:
    """The mailed link: a new password, typed twice."""
    if tokens.of_reset(token) is None:
        return answers.page(request, NEW, {"spent": True}, status=200 if request.method != "POST" else 422)
    if request.method != "POST":
        return answers.page(request, NEW, {"spent": False})
    password = request.POST.get("password", "")
    try:
        if password != request.POST.get("again", ""):
            raise Refused(_("两次输入的密码不一样。"), field="again")
        actions.choose_password(token=token, password=password, now=clock.now())
    except Refused as refused:
        return answers.again(request, refused, NEW, {"spent": False})
    return answers.done(request, _("密码已改，请用新密码登录。"), "account_login")


@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest, token: str) -> HttpResponse:
    """The mailed link that shows whose an address is; a click, for programs open links too."""
    if request.method != "POST":
        user = tokens.of_address(token)
        return answers.page(request, ADDRESS, {"user": user, "token": token})
    try:
        accounts.verify_email(token=token, now=clock.now())
    except Refused as refused:
        return answers.again(request, refused, ADDRESS, {"user": None, "token": token})
    return answers.done(request, _("邮箱已确认。忘了密码可以用它找回。"), "start")
