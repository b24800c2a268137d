"""Withdrawal after acceptance: by a sealed request, with the office's consent."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xingyun.applications.actions import transitions
from xingyun.applications.models import Application
from xingyun.applications.states import State
from xingyun.audit.errors import Refused
from xingyun.files.models import File
from xingyun.registry.actors import Actor
from xingyun.reviews.actions.decisions import revoke_all
from xingyun.reviews.actions.holding import hold
from xingyun.reviews.actions.telling import tell_applicant
from xingyun.reviews.permissions import serving


def consent_to_withdrawal(
    *, application: Application, request: File, reason: str, actor: Actor, now: datetime
) -> None:
    """Let an accepted application go on its sealed `request`; the places that it held are free again."""
    serving(actor, application.holder_id)
    reason = reason.strip()
    if not reason:
        raise Refused(_("请写明同意撤回的理由。"), field="reason")
    with transaction.atomic():
        held = hold(application)
        if held.state != State.ACCEPTED:
            raise Refused(_("只有已受理、还没有上报的申请可以同意撤回。"))
        revoke_all(application=held, reason=reason, actor=actor, now=now)
        tell_applicant(
            application=held,
            step="withdrawn",
            subject=_("已同意撤回申请"),
            body=_("%(number)s 已按贵单位的书面申请撤回。") % {"number": held.number},
            now=now,
        )
        body = {"request": request.sha256}
        transitions.move(application=held, to=State.WITHDRAWN, actor=actor, now=now, reason=reason, body=body)
