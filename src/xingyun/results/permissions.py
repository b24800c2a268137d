"""Who may publish, decide on objections, announce and disqualify."""

from django.utils.translation import gettext as _

from xingyun.applications.models import Application
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority
from xingyun.registry.states import Role
from xingyun.results.models import Notice, SanctionCase
from xingyun.rounds.models import Round
from xingyun.rounds.queries import rulebook_of


def may_publish(actor: Actor, authority: Authority, round: Round) -> None:
    """The proposed list is published by the tier that the rulebook names."""
    if not actor.serves(authority.pk):
        raise NotAllowed(_("公示由负责的单位发布。"))
    notice = rulebook_of(round.edition).notice
    if authority.tier != notice.tier:
        raise Refused(_("按本轮规则，公示不由本级发布。"), clause=notice.clause[0])


def may_lead(actor: Actor, notice: Notice) -> None:
    """Objections and the announcement are the publishing office's."""
    if not actor.serves(notice.authority_id):
        raise NotAllowed(_("没有找到这份公示，或者不归您所在的单位办理。"))


def may_read_objections(actor: Actor, notice: Notice) -> None:
    """The publishing office, and auditors (who do not see who objected)."""
    if not (actor.serves(notice.authority_id) or actor.is_auditor):
        raise NotAllowed(_("没有找到这份公示。"))


def may_disqualify(actor: Actor, application: Application) -> None:
    """The signatory of the office that has the application, or of the one that leads the round."""
    offices = {application.holder_id, application.round.authority_id}
    if any(actor.holds(Role.SIGNATORY, office) for office in offices):
        return
    if any(actor.serves(office) for office in offices):
        raise Refused(_("取消资格由“%s”岗办理。") % Role.SIGNATORY.label)
    raise NotAllowed(_("没有找到这份申请。"))


def may_blacklist(actor: Actor, authority: Authority, round: Round) -> None:
    """Notice is given by the office that leads the round."""
    if authority.pk != round.authority_id or not actor.serves(authority.pk):
        raise NotAllowed(_("黑名单由牵头单位办理。"))


def may_decide_case(actor: Actor, case: SanctionCase) -> None:
    """Decided by a signatory who did not give notice."""
    if not actor.serves(case.authority_id):
        raise NotAllowed(_("没有找到，或者不归您办理。"))
    if not actor.holds(Role.SIGNATORY, case.authority_id):
        raise Refused(_("这一步由“%s”岗办理，您不在这个岗位上。") % Role.SIGNATORY.label)
    if case.noticed_by_id == actor.user_id:
        raise Refused(_("告知和决定不能是同一个人。请由另一位同事决定。"))
    if case.decided_at is not None:
        raise Refused(_("这一件已经作出决定。"))
