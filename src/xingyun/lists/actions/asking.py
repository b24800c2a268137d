"""Asking for an export: its columns and filters are fixed here, the rows are seen by the job."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xingyun.audit.errors import Conflict, Refused
from xingyun.jobs import actions as jobs
from xingyun.jobs.models import Job
from xingyun.lists.actions.defining import save_definition
from xingyun.lists.models import Definition, Export
from xingyun.lists.permissions import may_export, may_see_export
from xingyun.lists.queries import Choice, known
from xingyun.lists.states import Form
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority
from xingyun.rounds.models import Round
from xingyun.rounds.queries import rulebook_of

KIND = "lists.export"
REASON = 500
# Of one person, while they are not made: a list is asked for once.
WAITING = 5


def ask_export(
    *,
    office: Authority,
    round: Round,
    choice: Choice,
    columns: Sequence[str],
    form: Form,
    reason: str,
    shared: bool,
    definition: Definition | None = None,
    keep: str = "",
    actor: Actor,
    now: datetime,
) -> Export:
    """Have a list made of what this person sees from its seat in `office`.

    Contacts need a reason. `keep` is a name under which the office keeps how it was made. Raises Refused with
    `field` "columns", "reason" or "keep", and while five others wait.
    """
    book = known(rulebook_of(round.edition))
    some = [key for key in book if key in set(columns)]
    if not some:
        raise Refused(_("请至少选一列。"), field="columns")
    contacts = any(book[key].personal for key in some)
    may_export(actor, office, shared=shared, contacts=contacts)
    why = reason.strip() if contacts else ""
    if contacts and not why:
        raise Refused(_("导出联系方式要写明用途，会和这次导出一起留存。"), field="reason")
    if len(why) > REASON:
        raise Refused(_("用途最多 %s 个字。") % REASON, field="reason")
    if Export.objects.filter(asked_by_id=actor.person, ended_at=None).count() >= WAITING:
        raise Refused(_("已有 %s 份导出没有做完。请等做完再导出。") % WAITING)
    with transaction.atomic():
        if keep:
            definition = save_definition(
                office=office,
                round=round,
                name=keep,
                columns=some,
                choice=choice,
                form=form,
                actor=actor,
                now=now,
            )
        made = Export.objects.create(
            office=office,
            round=round,
            definition=str(definition.uid) if definition else "",
            title=definition.name if definition else "",
            columns=some,
            query=choice.query,
            form=form,
            contacts=contacts,
            reason=why,
            shared=shared,
            asked_by_id=actor.person,
            asked_at=now,
        )
        enqueue(made, now)
    return made


def retry_export(*, export: Export, actor: Actor, now: datetime) -> Job:
    """Have it made once more after the job failed. Raises Conflict once it is made."""
    may_see_export(actor, export)
    if export.ended_at is not None:
        raise Conflict(_("这份列表已经做好了。"))
    return enqueue(export, now)


def enqueue(export: Export, now: datetime) -> Job:
    """The job that makes it, in the language of whoever asks."""
    payload = {"export": export.pk, "language": get_language() or ""}
    return jobs.enqueue(kind=KIND, key=str(export.uid), payload=payload, owner=export.asked_by_id, now=now)
