"""Cases of the blacklist: those of one's office, and those that concern one's own enterprise."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from xingyun.audit.errors import NotAllowed
from xingyun.registry.actors import OFFICIAL, Actor
from xingyun.results.models import SanctionCase

RELATED = (
    "round__edition",
    "round__programme",
    "authority",
    "enterprise",
    "provider",
    "proof",
    "statement_file",
    "noticed_by",
    "decided_by",
    "lifted_by",
    "sanction__enterprise",
    "sanction__provider",
)


def cases(actor: Actor) -> QuerySet[SanctionCase]:
    """Those of the offices of this person, the newest first; an auditor reads all."""
    known = SanctionCase.objects.select_related(*RELATED).defer("round__edition__source").order_by("-id")
    return known if actor.is_auditor else known.filter(authority__in=actor.authorities(*OFFICIAL))


def case_of(actor: Actor, uid: UUID) -> SanctionCase:
    """The one of this public id. Raises NotAllowed when it is another office's."""
    found = cases(actor).filter(uid=uid).first()
    if found is None:
        raise NotAllowed(_("没有找到，或者不归您办理。"))
    return found


def own_case(actor: Actor, uid: UUID) -> SanctionCase:
    """The one that concerns an enterprise of this person. Raises NotAllowed for all others."""
    own = [post.enterprise_id for post in actor.posts]
    known = SanctionCase.objects.filter(enterprise__in=own, uid=uid).select_related(*RELATED)
    found = known.defer("round__edition__source").first()
    if found is None:
        raise NotAllowed(_("没有找到这份告知。"))
    return found
