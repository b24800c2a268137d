"""The people of an enterprise: who acts for it, who is invited, and what its holder may do about them."""

from typing import Any, NamedTuple
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingyun import clock
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.registry import actions, queries
from xingyun.registry.models import Enterprise, Invitation, Member
from xingyun.registry.states import MemberRole
from xingyun.web import answers
from xingyun.web.guards import ActorRequest, require_enterprise

PAGE = "enterprise/people.html"


class House(NamedTuple):
    """An enterprise with its people; invitations only for who manages them."""

    enterprise: Enterprise
    members: list[Member]
    manages: bool
    invitations: list[Invitation]


@require_safe
@require_enterprise
def index(request: ActorRequest) -> HttpResponse:
    """Everybody's page: colleagues and their roles."""
    return answers.page(request, PAGE, context(request))


def context(request: ActorRequest, **more: Any) -> dict[str, Any]:
    """What the page shows: four queries, however many enterprises."""
    enterprises = list(queries.enterprises_of(request.actor).select_related("authority"))
    holds = {p.enterprise_id for p in request.actor.posts if p.role == MemberRole.HOLDER}
    members: dict[int, list[Member]] = {}
    for member in queries.people_of_all([e.pk for e in enterprises]):
        members.setdefault(member.enterprise_id, []).append(member)
    invitations: dict[int, list[Invitation]] = {}
    for invitation in queries.waiting_invitations(holds, clock.now()):
        invitations.setdefault(invitation.enterprise_id, []).append(invitation)
    houses = [House(e, members.get(e.pk, []), e.pk in holds, invitations.get(e.pk, [])) for e in enterprises]
    return {
        "houses": houses,
        "roles": MemberRole.choices,
        "me": request.actor.person,
        "days": actions.INVITATION_DAYS,
        **more,
    }


@require_POST
@require_enterprise
def invite(request: ActorRequest, uid: UUID) -> HttpResponse:
    """A link for one person, shown this once."""
    enterprise = own(request, uid)
    role, note = request.POST.get("role", ""), request.POST.get("note", "")
    try:
        made = actions.invite(
            enterprise=enterprise, role=role, note=note, actor=request.actor, now=clock.now()
        )
    except Refused as refused:
        return answers.again(request, refused, PAGE, context(request), typed={"note": note, "role": role})
    link = request.build_absolute_uri(reverse("join", args=[made.token]))
    return answers.page(request, PAGE, context(request, link=link, invited=made.invitation))


@require_POST
@require_enterprise
def uninvite(request: ActorRequest, uid: UUID, invitation: int) -> HttpResponse:
    """The link stops working."""
    waiting = queries.waiting_invitations([own(request, uid).pk], clock.now())
    found = waiting.filter(pk=invitation).first()
    if found is None:
        raise NotAllowed("")
    actions.withdraw_invitation(invitation=found, actor=request.actor, now=clock.now())
    return answers.done(request, _("邀请已撤掉，链接不能再用。"), "enterprise_people")


@require_POST
@require_enterprise
def give_role(request: ActorRequest, uid: UUID, member: int) -> HttpResponse:
    """Holder or preparer."""
    role = request.POST.get("role", "")
    actions.give_role(member=one(request, uid, member), role=role, actor=request.actor, now=clock.now())
    return answers.done(request, _("角色已改。"), "enterprise_people")


@require_POST
@require_enterprise
def remove(request: ActorRequest, uid: UUID, member: int) -> HttpResponse:
    """Somebody no longer acts for the enterprise; who takes himself out is shown where he may go on."""
    found = one(request, uid, member)
    actions.remove(member=found, actor=request.actor, now=clock.now())
    to = "start" if found.user_id == request.actor.person else "enterprise_people"
    return answers.done(request, _("已移出成员，他现在起打不开本企业的内容。"), to)


@require_POST
@require_enterprise
def give_password(request: ActorRequest, uid: UUID, member: int) -> HttpResponse:
    """A new password for a colleague, shown this once."""
    found = one(request, uid, member)
    password = actions.give_member_password(member=found, actor=request.actor, now=clock.now())
    return answers.page(request, PAGE, context(request, password=password, of=found.user))


def own(request: ActorRequest, uid: UUID) -> Enterprise:
    """The enterprise of this public id, if this person acts for it."""
    found = queries.enterprises_of(request.actor).select_related("authority").filter(uid=uid).first()
    if found is None:
        raise NotAllowed("")
    return found


def one(request: ActorRequest, uid: UUID, member: int) -> Member:
    """A member of it."""
    found = queries.people_of_all([own(request, uid).pk]).filter(pk=member).first()
    if found is None:
        raise NotAllowed("")
    return found
