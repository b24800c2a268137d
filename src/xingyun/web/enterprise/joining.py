"""Who was invited joins: with a new account, or with the one that is signed in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from xingyun import clock
from xingyun.audit.errors import Refused
from xingyun.registry import actions, queries
from xingyun.web import answers
from xingyun.web.enterprise.registration_form import Account
from xingyun.web.guards import ActorRequest, require_actor

PAGE = "enterprise/join.html"


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """The invitation, and a form for an account; a link that is spent says so."""
    form = Account(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.join_as_new(token=token, **form.cleaned_data, now=clock.now())
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        else:
            return answers.done(request, _("已加入，用刚才的登录名和密码登录。"), "start")
    return answers.page(request, PAGE, context(token, form), status=422 if form.is_bound else 200)


def context(token: str, form: Account) -> dict[str, Any]:
    """What the page shows; without an invitation, that there is none."""
    invitation = queries.invitation(actions.digest(token), clock.now())
    return {"form": form, "token": token, "invitation": invitation}


@require_POST
@require_actor
def join_now(request: ActorRequest, token: str) -> HttpResponse:
    """Join with the account that is signed in."""
    enterprise = actions.join(token=token, actor=request.actor, now=clock.now())
    return answers.done(request, _("您已加入“%s”。") % enterprise.name, "enterprise_home")
