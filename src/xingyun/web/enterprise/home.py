"""Where the applicant begins: the account, the applications, what may be begun now; and messages."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingyun import clock
from xingyun.applications import actions
from xingyun.applications.models import Application
from xingyun.applications.queries import apply_stage, of_enterprise
from xingyun.applications.states import State
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.messages import actions as mail
from xingyun.messages.queries import of_user, unread_count
from xingyun.registry.models import Enterprise
from xingyun.registry.queries import enterprises_of
from xingyun.registry.states import EnterpriseState
from xingyun.rounds.models import Round, Window
from xingyun.rounds.queries import open_round, rulebook_of, windows_of
from xingyun.web import answers
from xingyun.web.enterprise.places import at
from xingyun.web.enterprise.standing import Standing, standing
from xingyun.web.guards import ActorRequest, require_enterprise

PAGE = 50
Windows = Mapping[int | None, Window]


class Row(NamedTuple):
    """An application with where it stands."""

    application: Application
    standing: Standing
    href: str


class Account(NamedTuple):
    """An enterprise of this person: whether it may begin an application now, and until when."""

    enterprise: Enterprise
    window: Window | None
    may_begin: bool


@require_safe
@require_enterprise
def home(request: ActorRequest) -> HttpResponse:
    """My applications; an enterprise that waits for activation is told so."""
    round_ = open_round()
    windows = _windows(round_)
    applications = list(of_enterprise(request.actor)[:PAGE])
    context = {
        "accounts": accounts(request, round_, windows, applications),
        "rows": [row(application, round_, windows) for application in applications],
        "round": round_,
        "book": rulebook_of(round_.edition) if round_ else None,
        "unread": unread_count(request.actor.person),
        "now": clock.now(),
        "states": EnterpriseState,
    }
    return answers.page(request, "enterprise/home.html", context)


def accounts(
    request: ActorRequest, round_: Round | None, windows: Windows, applications: list[Application]
) -> list[Account]:
    """This person's enterprises."""
    taken = {a.enterprise_id for a in applications if round_ and a.round_id == round_.pk and _stands(a)}
    return [
        Account(
            e,
            _window(windows, e.authority_id),
            round_ is not None and e.state == EnterpriseState.ACTIVE and e.pk not in taken,
        )
        for e in enterprises_of(request.actor).select_related("authority")
    ]


def row(application: Application, round_: Round | None, windows: Windows) -> Row:
    """An application with where it stands; the windows are those of the open round."""
    running = round_ is not None and application.round_id == round_.pk
    window = _window(windows, application.authority_id) if running else None
    return Row(application, standing(application, window, clock.now()), at("application", application))


def _stands(application: Application) -> bool:
    return application.state != State.WITHDRAWN


def _windows(round_: Round | None) -> Windows:
    """The live windows of the stage in which applicants hand in, by authority; None is for all."""
    if round_ is None:
        return {}
    stage = apply_stage(rulebook_of(round_.edition))
    return {w.authority_id: w for w in windows_of(round_) if w.stage == stage}


def _window(windows: Windows, authority_id: int) -> Window | None:
    return windows.get(authority_id) or windows.get(None)


@require_POST
@require_enterprise
def begin(request: ActorRequest) -> HttpResponse:
    """Begin an application of one's enterprise in the round that is open."""
    enterprise = enterprises_of(request.actor).select_related("authority").filter(uid=_uid(request)).first()
    round_ = open_round()
    if enterprise is None:
        raise NotAllowed("")
    if round_ is None:
        raise Refused(_("现在没有开放的申报。"))
    made = actions.create(enterprise=enterprise, round=round_, actor=request.actor, now=clock.now())
    return answers.done(request, _("已新建申请，随填随存。"), at("application", made))


def _uid(request: ActorRequest) -> str:
    try:
        return str(UUID(request.POST.get("enterprise", "")))
    except ValueError as error:
        raise NotAllowed("") from error


@require_safe
@require_enterprise
def inbox(request: ActorRequest) -> HttpResponse:
    """Messages, newest first."""
    before = request.GET.get("before", "")
    found = of_user(request.actor.person)
    if before.isdigit():
        found = found.filter(pk__lt=int(before))
    listed = list(found[: PAGE + 1])
    older = listed[PAGE - 1].pk if len(listed) > PAGE else None
    context: dict[str, Any] = {"listed": listed[:PAGE], "older": older, "first": not before}
    context["unread"] = unread_count(request.actor.person)
    return answers.page(request, "enterprise/messages.html", context)


@require_POST
@require_enterprise
def read(request: ActorRequest) -> HttpResponse:
    """Mark messages as read: one, and go where it leads; or all."""
    person = request.actor.person
    one = request.POST.get("message", "")
    if not one.isdigit():
        mail.read(user_id=person, now=clock.now())
        return answers.done(request, _("全部标为已读。"), "enterprise_messages")
    found = of_user(person).filter(pk=int(one)).first()
    if found is None:
        raise NotAllowed("")
    mail.read(user_id=person, now=clock.now(), ids=[found.pk])
    own = found.link.startswith("/") and not found.link.startswith("//")
    return (
        HttpResponseRedirect(found.link)
        if own
        else answers.done(request, found.subject, "enterprise_messages")
    )
