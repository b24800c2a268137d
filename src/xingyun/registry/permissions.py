"""Who may do what in the registry; each predicate raises with the reason."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from xingyun.audit.errors import NotAllowed
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority, Enterprise, Takeover
from xingyun.registry.states import MemberRole, Role

NOT_YOURS = "not yours"


def may_decide_registration(actor: Actor, enterprise: Enterprise) -> None:
    """Activation is the matter of the enterprise's own authority."""
    if not actor.serves(enterprise.authority_id):
        raise NotAllowed(_("这家企业不归您所在的单位办理。"))


def may_see_registration(actor: Actor, enterprise: Enterprise) -> None:
    """The people of the enterprise, its authority, and auditors see what was handed in to register."""
    if not (actor.acts_for(enterprise.pk) or actor.serves(enterprise.authority_id) or actor.is_auditor):
        raise NotAllowed(_("没有找到这家企业。"))


def may_manage_people(actor: Actor, enterprise: Enterprise) -> None:
    """The enterprise's people are the matter of its holders; for others the page does not exist."""
    own = [post for post in actor.posts if post.enterprise_id == enterprise.pk]
    if not own:
        raise NotAllowed(_("没有找到这家企业。"))
    if own[0].role != MemberRole.HOLDER:
        raise NotAllowed(_("成员由单位管理员管理。"))


def may_answer_takeover(actor: Actor, takeover: Takeover) -> None:
    """Whoever acts for the enterprise now may say something to it."""
    if not actor.acts_for(takeover.enterprise_id):
        raise NotAllowed(_("没有找到这份接管申请。"))


def may_rule_takeover(actor: Actor, takeover: Takeover) -> None:
    """Who acts for an enterprise is the matter of its own authority."""
    if not actor.serves(takeover.enterprise.authority_id):
        raise NotAllowed(_("这家企业不归您所在的单位办理。"))


def may_see_takeover(actor: Actor, takeover: Takeover) -> None:
    """The authority and auditors see both sides."""
    if not (actor.serves(takeover.enterprise.authority_id) or actor.is_auditor):
        raise NotAllowed(_("没有找到这份接管申请。"))


def may_keep_roster(actor: Actor, authority: Authority) -> None:
    """The roster is kept by the authority's own people."""
    if not actor.serves(authority.pk):
        raise NotAllowed(_("名录由所属单位维护。"))


def may_release_snapshot(actor: Actor, authority: Authority) -> None:
    """The base of the quotas is released from above, never by the office that is bound by it."""
    if authority.parent_id is None or not actor.serves(authority.parent_id):
        raise NotAllowed(_("名录基数由上级单位确认发布。"))


def may_see_roster(actor: Actor, authority: Authority) -> None:
    """A roster is read by its own office, the one right above, and auditors."""
    own = actor.authorities(Role.PREPARER, Role.REVIEWER, Role.SIGNATORY, Role.READER)
    if not (actor.is_auditor or authority.pk in own or authority.parent_id in own):
        raise NotAllowed(_("没有找到这份名录。"))


def may_rule_claims(actor: Actor, above: Collection[int]) -> None:
    """Between authorities rules whoever stands above all of them; `above` are the ids of those that do."""
    if not any(actor.serves(one) for one in above):
        raise NotAllowed(_("两地都报的企业由共同的上级单位裁定。"))


def may_name_deputy(actor: Actor, authority: Authority) -> None:
    """Deputies are named by the administrator of the office, or of one above it."""
    above = authority.parent.parent_id if authority.parent else None
    offices = {authority.pk, authority.parent_id, above} - {None}
    if not any(seat.role == Role.ADMIN and seat.authority_id in offices for seat in actor.seats):
        raise NotAllowed(_("代理人由本单位或上级的系统管理员指定。"))


def may_seat(actor: Actor) -> None:
    """Seats are given and ended by the system's administrators."""
    if not actor.is_admin:
        raise NotAllowed(_("只有系统管理员可以设置席位。"))
