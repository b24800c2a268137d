"""Standing in for a colleague: named by the administrator, begun and ended by whoever stands in."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xingyun import clock
from xingyun.accounts.models import User
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.registry import actions
from xingyun.registry.deputies import RELATED, may_stand_in
from xingyun.registry.models import Deputy
from xingyun.registry.states import Role
from xingyun.web import answers
from xingyun.web.guards import ActorRequest, require_actor, require_seat
from xingyun.web.middleware import STANDING_IN
from xingyun.web.officials.offices import office_named
from xingyun.web.officials.people import PAGE, context_of
from xingyun.web.officials.people_forms import DeputyForm


@require_POST
@require_seat(Role.ADMIN)
def name(request: ActorRequest) -> HttpResponse:
    """Name a deputy."""
    form = DeputyForm(request.POST)
    if not form.is_valid():
        return answers.page(request, PAGE, {**context_of(request), "form": form}, status=422)
    given = form.cleaned_data
    try:
        made = actions.name_deputy(
            authority=office_named(given["authority"]),
            role=given["role"],
            principal=_user(given["principal"], "principal") if given["principal"] else None,
            deputy=_user(given["deputy"], "deputy"),
            first_day=given["first_day"],
            last_day=given["last_day"],
            reason=given["reason"],
            actor=request.actor,
            now=clock.now(),
        )
    except Refused as refused:
        return answers.again(request, refused, PAGE, {**context_of(request), "form": form})
    said = _("已指定 %(who)s 代理 %(whom)s，到期自动结束。")
    return answers.done(request, said % {"who": made.deputy.label, "whom": made.stands_for}, "people")


def _user(said: str, field: str) -> User:
    found = User.objects.filter(username=said.strip(), is_active=True).first()
    if found is None:
        raise Refused(_("没有账号“%s”，或者已停用。请照席位表里的账号写。") % said[:40], field=field)
    return found


@require_POST
@require_seat(Role.ADMIN)
def end(request: ActorRequest, pk: int) -> HttpResponse:
    """End a deputyship before its last day."""
    found = get_object_or_404(Deputy.objects.select_related(*RELATED, "authority__parent"), pk=pk)
    actions.end_deputy(deputy=found, actor=request.actor, now=clock.now())
    return answers.done(request, _("代理已结束。"), "people")


@require_POST
@require_actor
def begin(request: ActorRequest, pk: int) -> HttpResponse:
    """Act for a colleague from now on, until one says otherwise or its days are over."""
    found = may_stand_in(request.actor.person).filter(pk=pk).first()
    if found is None:
        raise NotAllowed(_("没有找到这项代理，或者已经到期。"))
    request.session[STANDING_IN] = found.pk
    return answers.done(request, _("现在代 %s 办理，记录里写明“代”。") % found.stands_for, "todo")


@require_POST
@require_actor
def stop(request: ActorRequest) -> HttpResponse:
    """Act for oneself again."""
    request.session.pop(STANDING_IN, None)
    return answers.done(request, _("现在以自己的岗位办理。"), "start")
