"""Many decisions prepared in one act: every row by itself, what is refused stays with its reason."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xingyun.applications.models import Application
from xingyun.audit import actions as audit
from xingyun.audit.errors import Conflict, Refused
from xingyun.jobs import actions as jobs
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority
from xingyun.registry.states import Role
from xingyun.reviews.actions.decisions import prepare, worded
from xingyun.reviews.models import Bulk, BulkRow
from xingyun.reviews.permissions import seated
from xingyun.reviews.queries.standing import with_relations
from xingyun.reviews.queries.trying import Wish, in_order
from xingyun.rounds.models import Round
from xingyun.rounds.queries import rulebook_of

KIND = "reviews.bulk"
MOST = 500
# So many are done while the page waits; more take a job with its progress.
AT_ONCE = 20


def prepare_together(
    *,
    authority: Authority,
    round: Round,
    wishes: Sequence[Wish],
    outcome: str,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Bulk:
    """Prepare the same outcome for all of these; a few at once, many by a job.

    The level needed before is prepared before the one that stands on it, else they go in the order given, so
    that the first of the list get the places. Raises Refused with `field` before anything is written.
    """
    seated(actor, Role.PREPARER, authority.pk)
    reason = worded(outcome, reason)
    chosen = _here(authority, round, wishes)
    if not chosen:
        raise Refused(_("请先勾选要办的企业。"), field="row")
    if len(chosen) > MOST:
        raise Refused(_("一次最多 %s 项，请分几次办。") % MOST, field="row")
    with transaction.atomic():
        made = Bulk.objects.create(
            round=round,
            authority=authority,
            outcome=outcome,
            reason=reason,
            asked_by_id=actor.person,
            asked_at=now,
        )
        BulkRow.objects.bulk_create(
            BulkRow(bulk=made, seq=n, application_id=w.application, level=w.level, kind=w.kind)
            for n, w in enumerate(chosen, start=1)
        )
        if len(chosen) > AT_ONCE:
            _enqueue(made, now)
    if len(chosen) <= AT_ONCE:
        carry_out(bulk=made, actor=actor, now=now)
    return made


def resume(*, bulk: Bulk, actor: Actor, now: datetime) -> None:
    """Go on with what was cut short; what was tried is not tried again. Raises Conflict once it has ended."""
    seated(actor, Role.PREPARER, bulk.authority_id)
    if bulk.ended_at is not None:
        raise Conflict(_("这一批已经办完了。"))
    _enqueue(bulk, now)


def carry_out(
    *,
    bulk: Bulk,
    actor: Actor,
    now: datetime,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    check: Callable[[], None] = lambda: None,
    also: Callable[[], None] = lambda: None,
) -> None:
    """Try every row that was not tried yet, each in its own transaction; safe to run twice or at once."""
    rows = list(BulkRow.objects.filter(bulk=bulk).order_by("seq"))
    for n, row in enumerate(rows, start=1):
        if row.tried_at is None:
            _try(bulk, row, actor, now, check)
        progress(n, len(rows))
    with transaction.atomic():
        check()
        if Bulk.objects.filter(pk=bulk.pk, ended_at=None).update(ended_at=now):
            _record(bulk, actor, now)
        also()
    bulk.refresh_from_db(fields=("ended_at",))


def _here(authority: Authority, round: Round, wishes: Sequence[Wish]) -> list[Wish]:
    """The wishes that are about an application of this office and a level of the round, in their order."""
    ranks = {level.key: level.rank for level in rulebook_of(round.edition).levels}
    asked = {wish.application for wish in wishes}
    own = Application.objects.filter(pk__in=asked, holder=authority, round=round)
    known = set(own.values_list("pk", flat=True))
    return [w for w in in_order(wishes, ranks) if w.level in ranks and w.application in known]


def _enqueue(bulk: Bulk, now: datetime) -> None:
    payload = {"bulk": bulk.pk, "language": get_language() or ""}
    jobs.enqueue(kind=KIND, key=str(bulk.uid), payload=payload, owner=bulk.asked_by_id, now=now)


def _try(bulk: Bulk, row: BulkRow, actor: Actor, now: datetime, check: Callable[[], None]) -> None:
    found = with_relations(Application.objects.filter(pk=row.application_id)).get()
    waiting = BulkRow.objects.filter(pk=row.pk, tried_at=None)
    try:
        with transaction.atomic():
            check()
            decision = prepare(
                application=found,
                level=row.level,
                kind=row.kind,
                outcome=bulk.outcome,
                reason=bulk.reason,
                actor=actor,
                now=now,
            )
            if not waiting.update(decision=decision, tried_at=now):
                raise Conflict(_("这一行刚由另一次办理办过。"))
    except Refused as refused:
        waiting.update(message=refused.message[:500], clause=refused.clause, tried_at=now)


def _record(bulk: Bulk, actor: Actor, now: datetime) -> None:
    rows = BulkRow.objects.filter(bulk=bulk)
    body = {
        "bulk": str(bulk.uid),
        "round": str(bulk.round.uid),
        "outcome": bulk.outcome,
        "rows": rows.count(),
        "prepared": rows.filter(decision__isnull=False).count(),
    }
    stream = f"authority:{bulk.authority.key}"
    audit.append(stream=stream, act="decisions.together", actor=actor, body=body, now=now)
