"""Who may see an application and who may change what of it; each predicate raises with the reason.

Nobody reads a draft but its applicant. An official sees what was handed in to its own authority, and the
authorities above it see what was reported.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from xingyun.applications.models import Application
from xingyun.applications.states import AFTER_REPORT, EDITABLE, State
from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.clock import calendar_day
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority, Enterprise
from xingyun.registry.queries import shut_out
from xingyun.registry.states import EnterpriseState, Role
from xingyun.rounds.models import Round
from xingyun.rounds.queries import rulebook_of

# Finance reads reports, not applications.
READERS = (Role.PREPARER, Role.REVIEWER, Role.SIGNATORY, Role.READER)


def applicant_of(actor: Actor, enterprise_id: int) -> bool:
    """Whether this person fills in for this enterprise, and the enterprise is activated."""
    return enterprise_id in active_posts(actor)


def active_posts(actor: Actor) -> tuple[int, ...]:
    """The ids of the activated enterprises that this person fills in for."""
    return tuple(post.enterprise_id for post in actor.posts if post.state == EnterpriseState.ACTIVE)


def visible(actor: Actor, states: Collection[str] = ()) -> Q:
    """What this person may see, as a condition on applications.

    `states`: no others are asked for, which spares the database to look for what can't be there.
    """
    own = Q(enterprise__in=active_posts(actor))
    handed_in = Q(submitted_at__isnull=False)
    if actor.is_auditor:
        return own | handed_in
    offices = actor.authorities(*READERS)
    here = Q(authority__in=offices) | Q(holder__in=offices)
    # The offices below are looked up once: joined to each application they would keep it from any index.
    lower = Q(parent__in=offices) | Q(parent__parent__in=offices)
    below = Q(authority__in=Authority.objects.filter(lower).values("pk"))
    reported = Q(state__in=AFTER_REPORT.intersection(states) if states else AFTER_REPORT)
    return own | (handed_in & (here | (below & reported)))


def may_create(actor: Actor, enterprise: Enterprise) -> None:
    """An activated enterprise's own people begin an application."""
    if not actor.acts_for(enterprise.pk):
        raise NotAllowed(_("没有找到这家企业。"))
    if enterprise.state != EnterpriseState.ACTIVE or not applicant_of(actor, enterprise.pk):
        raise Refused(_("企业账号还没有激活。%s核对营业执照和授权书后即可填报。") % enterprise.authority.name)


def not_shut_out(enterprise: Enterprise, round: Round, now: datetime) -> None:
    """Whoever is on the blacklist of the programme begins and hands in nothing, from the decision on."""
    found = shut_out(enterprise.uscc, round.programme.key, calendar_day(now))
    if found is None:
        return
    rules = rulebook_of(round.edition).sanctions
    until = _("，到 %s 为止") % found.valid_to.isoformat() if found.valid_to else ""
    said = _("%(name)s已列入黑名单%(until)s，不能申报，也不能认定。不服的，请向作出决定的单位提出。")
    raise Refused(
        said % {"name": enterprise.name, "until": until}, clause=rules[0].clause[0] if rules else ""
    )


def may_edit(actor: Actor, application: Application, *places: str) -> None:
    """The applicant changes a draft anywhere, and after a return what was opened for correction."""
    may_act_for(actor, application)
    if application.state == State.DRAFT:
        return
    if application.state != State.RETURNED:
        raise Conflict(_("这份申请%s，内容已锁定，不能再改。") % State(application.state).label)
    if not all(is_open(application.unlocked, place) for place in places):
        raise Refused(_("这一处不在退回补正的范围里，内容没有改动。只能修改退回意见列出的地方。"))


def may_act_for(actor: Actor, application: Application) -> None:
    """Only the applicant's own people; for all others the application is not there."""
    if not applicant_of(actor, application.enterprise_id):
        raise NotAllowed(_("没有找到这份申请。"))


def is_open(unlocked: Iterable[str], place: str) -> bool:
    """Whether a place may be changed after a return. The booklet follows whatever else is open."""
    opened = set(unlocked)
    kind, _colon, _key = place.partition(":")
    groups = {"domain": "domains", "form": "form", "material": "materials"}
    return place in opened or groups.get(kind) in opened or (place == "booklet" and bool(opened))


def may_withdraw(actor: Actor, application: Application) -> None:
    """Before acceptance at will; afterwards by a sealed request that the authority agrees to."""
    may_act_for(actor, application)
    if application.state == State.ACCEPTED:
        raise Refused(
            _("申请已受理。撤回要交盖章的申请书，由%s答复；在“进度”里打印和上传。") % application.holder.name
        )
    if application.state not in EDITABLE | {State.SUBMITTED}:
        raise Conflict(_("这份申请%s，不能撤回。") % State(application.state).label)
