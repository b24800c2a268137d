"""A place is free again: an application that had qualified without one is taken up anew.

Nothing fills a place by itself: it is for the office to say who comes next, and the next decision takes it.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xingyun.applications.actions import transitions
from xingyun.applications.models import Application
from xingyun.applications.states import State
from xingyun.registry.actors import Actor
from xingyun.registry.states import Role
from xingyun.reviews.actions.decisions import revoke_no_place
from xingyun.reviews.actions.holding import hold
from xingyun.reviews.actions.reasons import needed
from xingyun.reviews.actions.telling import tell_applicant, tell_desk
from xingyun.reviews.permissions import may_take_up_again
from xingyun.reviews.queries.meters import meters
from xingyun.reviews.queries.standing import standing

LONGEST = 500


def take_up_again(*, application: Application, reason: str, actor: Actor, now: datetime) -> None:
    """Revoke that no place was left and let it be decided anew; by the signatory, with why this one.

    Raises NotAllowed, Refused while no place is free.
    """
    missing = _("请写明为什么由这一家补上，例如名额怎样空出、排序第几。")
    reason = needed(reason, missing=missing, most=LONGEST)
    with transaction.atomic():
        held = hold(application)
        may_take_up_again(actor, standing(held), meters(held.holder, held.round))
        revoke_no_place(application=held, reason=reason, actor=actor, now=now)
        tell_applicant(
            application=held,
            step=f"taken_up:{now.isoformat()}",
            subject=_("名额空出，重新评定"),
            body=_("%(number)s 因名额空出，由%(authority)s重新评定。您暂时不用做什么。")
            % {"number": held.number, "authority": held.holder.name},
            now=now,
        )
        tell_desk(
            application=held,
            authority_id=held.holder_id,
            roles=(Role.PREPARER,),
            step=f"taken_up:{now.isoformat()}:desk",
            subject=_("名额空出，有申请待重新评定"),
            now=now,
        )
        first = held.holder_id == held.authority_id
        to = State.ACCEPTED if first else State.EVALUATING
        transitions.move(application=held, to=to, actor=actor, now=now, reason=reason)
