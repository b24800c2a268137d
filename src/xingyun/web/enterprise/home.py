"""Where the applicant begins: the account, the applications, what may be begun now; and messages."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingyun import clock
from xingyun.applications import actions
from xingyun.applications.models import Application
from xingyun.applications.queries import apply_stage, of_enterprise, with_earlier
from xingyun.applications.states import State
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.messages import actions as mail
from xingyun.messages.queries import of_user, unread_count
from xingyun.registry import queries
from xingyun.registry.models import Enterprise
from xingyun.registry.queries import enterprises_of
from xingyun.registry.states import EnterpriseState, MemberRole
from xingyun.rounds.models import Round, Window
from xingyun.rounds.queries import open_rounds, rulebook_of, taking
from xingyun.rulebook import Rulebook
from xingyun.web import answers
from xingyun.web.enterprise.places import at
from xingyun.web.enterprise.standing import Standing, standing
from xingyun.web.guards import ActorRequest, require_enterprise

PAGE = 50
Windows = Mapping[tuple[int, int | None], Window]


class Row(NamedTuple):
    """An application with where it stands."""

    application: Application
    book: Rulebook
    standing: Standing
    href: str


class Chance(NamedTuple):
    """What an enterprise of this person may begin now: in which round, and from when until when."""

    enterprise: Enterprise
    round: Round
    book: Rulebook
    window: Window | None


@require_safe
@require_enterprise
def home(request: ActorRequest) -> HttpResponse:
    """My applications; an enterprise that waits for activation is told so."""
    rounds = open_rounds()
    windows = _windows(rounds)
    applications = list(of_enterprise(request.actor)[:PAGE])
    enterprises = list(enterprises_of(request.actor).select_related("authority"))
    context = {
        "enterprises": enterprises,
        "chances": list(chances(enterprises, rounds, windows, applications)),
        "rows": [row(application, windows) for application in applications],
        "again": with_earlier(applications),
        "rounds": rounds,
        "book": rulebook_of(rounds[0].edition) if len(rounds) == 1 else None,
        "claims": queries.takeovers_on(request.actor),
        "holds": {p.enterprise_id for p in request.actor.posts if p.role == MemberRole.HOLDER},
        "unread": unread_count(request.actor.person),
        "now": clock.now(),
        "states": EnterpriseState,
    }
    return answers.page(request, "enterprise/home.html", context)


def chances(
    enterprises: list[Enterprise], rounds: list[Round], windows: Windows, applications: list[Application]
) -> Iterator[Chance]:
    """For every round in which an enterprise has no application yet, the one that it may begin."""
    taken = {(a.round_id, a.enterprise_id) for a in applications if a.state != State.WITHDRAWN}
    for enterprise in enterprises:
        for round_ in rounds:
            if enterprise.state == EnterpriseState.ACTIVE and (round_.pk, enterprise.pk) not in taken:
                window = _window(windows, round_.pk, enterprise.authority_id)
                yield Chance(enterprise, round_, rulebook_of(round_.edition), window)


def row(application: Application, windows: Windows) -> Row:
    """An application with where it stands; the windows are those of the open rounds."""
    window = _window(windows, application.round_id, application.authority_id)
    stands = standing(application, window, clock.now())
    return Row(application, rulebook_of(application.edition), stands, at("application", application))


def _windows(rounds: list[Round]) -> Windows:
    """The live windows in which applicants hand in, by round and authority; None is for all (one query)."""
    books = {round_.pk: rulebook_of(round_.edition) for round_ in rounds}
    stages = {key: apply_stage(book) for key, book in books.items()}
    live = Window.objects.filter(round__in=stages, replaced_at=None) if stages else ()
    return {
        (w.round_id, w.authority_id): taking(w, books[w.round_id], clock.today()) or w
        for w in live
        if w.stage == stages[w.round_id]
    }


def _window(windows: Windows, round_id: int, authority_id: int) -> Window | None:
    return windows.get((round_id, authority_id)) or windows.get((round_id, None))


@require_POST
@require_enterprise
def begin(request: ActorRequest) -> HttpResponse:
    """Begin an application of one's enterprise in a round that is open: the one named, or the only one."""
    uid = _uid(request.POST.get("enterprise", ""))
    enterprise = enterprises_of(request.actor).select_related("authority").filter(uid=uid).first()
    rounds = open_rounds()
    if enterprise is None:
        raise NotAllowed("")
    asked = _uid(request.POST["round"]) if "round" in request.POST else None
    round_ = next((r for r in rounds if asked in (None, str(r.uid))), None)
    if round_ is None or (asked is None and len(rounds) > 1):
        raise Refused(_("请选一个正在进行的项目。") if rounds else _("现在没有开放的申报。"))
    made = actions.create(enterprise=enterprise, round=round_, actor=request.actor, now=clock.now())
    to = "application_again" if with_earlier([made]) else "application"
    return answers.done(request, _("已新建申请，随填随存。"), at(to, made))


def _uid(typed: str) -> str:
    try:
        return str(UUID(typed))
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
