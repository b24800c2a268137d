"""Who sits where: users and their seats, to read, and whether the parts of the system work."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingyun import clock
from xingyun.accounts.models import User
from xingyun.files.queries import storage_ok
from xingyun.jobs.queries import worker_alive
from xingyun.registry import actions
from xingyun.registry.deputies import RELATED
from xingyun.registry.models import Deputy, Membership
from xingyun.registry.queries import live_seats
from xingyun.registry.states import Role
from xingyun.web import answers
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.health import database_ok, works
from xingyun.web.officials import paging
from xingyun.web.officials.people_forms import DeputyForm, SeatForm

PAGE = "officials/people.html"
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the system and whether it works."""

    name: str
    well: bool
    remedy: str


@require_safe
@require_seat(Role.ADMIN, Role.AUDITOR)
def index(request: ActorRequest) -> HttpResponse:
    """The seats, those of today or all that ever were."""
    return answers.page(request, PAGE, context_of(request))


def context_of(request: ActorRequest) -> dict[str, object]:
    """What the page shows: the seats, who stands in for whom, and the forms for both."""
    words = request.GET.get("q", "").strip()
    ended = request.GET.get("ended") == "1"
    today = clock.today()
    known = live_seats(today) if not ended else Membership.objects.all()
    deputies = Deputy.objects.filter(ended_at=None, last_day__gte=today).select_related(*RELATED)
    return {
        "page": paging.by_id(matching(known, words), request.GET.get("after", "")),
        "words": words,
        "ended": ended,
        "today": today,
        "count": known.count(),
        "may_give": request.actor.is_admin,
        "deputies": list(deputies.order_by("first_day", "id")[:SHOWN]),
        "form": DeputyForm(initial={"first_day": today.isoformat()}) if request.actor.is_admin else None,
        "seating": SeatForm() if request.actor.is_admin else None,
    }


@require_POST
@require_seat(Role.ADMIN)
def give_password(request: ActorRequest, user: int) -> HttpResponse:
    """A new password for an official who forgot his, shown this once."""
    found = get_object_or_404(User, pk=user, is_active=True)
    password = actions.give_password(user=found, actor=request.actor, now=clock.now())
    return answers.page(request, "officials/given.html", {"password": password, "of": found, "seat": None})


def matching(known: QuerySet[Membership], words: str) -> QuerySet[Membership]:
    """Those whose user, post or office holds the words."""
    found = known.select_related("user", "authority")
    if not words:
        return found
    said = Q(user__username__icontains=words) | Q(user__post__icontains=words)
    return found.filter(said | Q(authority__name__icontains=words))


def parts() -> list[Part]:
    """What the system stands on, as the operator's watch sees it."""
    return [
        Part(_("数据库"), works(database_ok), _("检查数据库地址和磁盘空间。")),
        Part(_("文件存储"), works(storage_ok), _("检查数据文件夹能否写入、磁盘是否已满。")),
        Part(_("后台任务"), works(worker_alive), _("后台进程没有回音：重新启动服务。")),
    ]
