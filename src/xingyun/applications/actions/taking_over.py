"""Last time's answers are taken over where the applicant says so, and nowhere else."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from xingyun.applications import permissions
from xingyun.applications.actions.drafting import Section, save_section
from xingyun.applications.models import Application
from xingyun.applications.queries.earlier import earlier
from xingyun.applications.states import State
from xingyun.audit.errors import Conflict, Refused
from xingyun.registry.actors import Actor


def take_over(*, application: Application, fields: Iterable[str], actor: Actor, now: datetime) -> Section:
    """Fill these fields with what the enterprise answered the time before; typing is never overwritten.

    A field that somebody has filled in meanwhile is among the `conflicts` of the result and stays as it is;
    what is not offered is passed over. Raises NotAllowed, Conflict, Refused.
    """
    permissions.may_edit(actor, application)
    if application.state != State.DRAFT:
        raise Conflict(_("只有还没提交过的申请可以沿用上次填的。"))
    before = earlier(application)
    wanted = set(fields)
    values = {o.field.key: o.raw for o in before.offers if o.field.key in wanted} if before else {}
    if not values:
        raise Refused(_("没有选要沿用的内容。请勾选几项，或直接开始填。"))
    # Nothing is said to have been seen: only an empty field takes the answer.
    return save_section(application=application, values=values, seen={}, actor=actor, now=now)
