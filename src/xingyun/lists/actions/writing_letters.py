"""The list of an asking letter: made by a job as every export, on record, deleted when it expires."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xingyun.audit.errors import Refused
from xingyun.clock import calendar_day
from xingyun.lists.actions.asking import WAITING, enqueue
from xingyun.lists.models import Export
from xingyun.lists.permissions import actor_in, may_share
from xingyun.lists.queries.choices import ALL
from xingyun.lists.queries.letters import ASKED, letter
from xingyun.lists.states import Form
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority
from xingyun.reviews.queries import asking
from xingyun.rounds.models import Round
from xingyun.rounds.queries import rulebook_of


def ask_letter(*, office: Authority, round: Round, condition: str, actor: Actor, now: datetime) -> Export:
    """Have the list made of those whom `office` still has to ask about for a check, for all its people.

    Raises NotAllowed where the check is another office's, Refused where nobody is left to be asked about, and
    while five others wait.
    """
    may_share(actor, office)
    task = asking.task(rulebook_of(round.edition), office.key, condition)
    seen_by = actor_in(actor, office, shared=True)
    n, _rows = letter(seen_by, office, round, condition, calendar_day(now))
    if not n:
        raise Refused(_("这一项没有等待答复的企业，不用发函。"))
    if Export.objects.filter(asked_by_id=actor.person, ended_at=None).count() >= WAITING:
        raise Refused(_("已有 %s 份导出没有做完。请等做完再导出。") % WAITING)
    name = task.check.rule.name.say(get_language() or "zh")
    with transaction.atomic():
        made = Export.objects.create(
            office=office,
            round=round,
            title=name[:30],
            condition=condition,
            columns=list(ASKED),
            query=ALL,
            form=Form.XLSX,
            shared=True,
            asked_by_id=actor.person,
            asked_at=now,
        )
        enqueue(made, now)
    return made
