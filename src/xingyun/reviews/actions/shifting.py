"""Putting a row elsewhere in an office's order, by hand, with a reason that stays beside it."""

import hashlib
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xingyun.applications.models import Application
from xingyun.audit import actions as audit
from xingyun.audit.errors import Conflict, Refused
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority
from xingyun.registry.states import Role
from xingyun.reviews.actions.holding import hold
from xingyun.reviews.actions.reasons import needed
from xingyun.reviews.models import Shift
from xingyun.reviews.permissions import seated
from xingyun.reviews.queries.order import shifted
from xingyun.reviews.queries.ranking import Ranked, Ranking, ranking
from xingyun.rounds.models import Round
from xingyun.rounds.states import RoundState

LONGEST = 500


def shift_row(
    *,
    authority: Authority,
    round: Round,
    level: str,
    kind: str,
    application: Application,
    was: int,
    position: int,
    seen: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Shift:
    """Put a row at a position of its order (from 1); `was` and `seen` are what the page showed.

    Where the published keys decide, only among those they can't tell apart. Raises NotAllowed, Refused with
    `field`, Conflict when a colleague shifted a row meanwhile.
    """
    seated(actor, Role.PREPARER, authority.pk)
    reason = needed(reason, missing=_("请写明为什么调整，会列在这一行旁边。"), most=LONGEST)
    if round.state != RoundState.OPEN:
        raise Refused(_("批次不在进行中，不能再调整排序。"))
    try:
        with transaction.atomic():
            held = hold(application)
            found = ranking(authority, round, level, kind)
            rows, row = _row(found, held, was, seen)
            if not 1 <= position <= len(rows) or position == was:
                raise Refused(_("请填 1 到 %s 之间的另一个位置。") % len(rows), field="position")
            made = Shift(
                authority=authority,
                round=round,
                level=level,
                kind=kind,
                seq=found.seen + 1,
                application=held,
                ahead_of=_ahead_of(rows, row, position),
                was=was,
                position=position,
                reason=reason,
                shifted_by_id=actor.person,
                shifted_at=now,
            )
            _only_among_equals(found, rows, made)
            made.save(force_insert=True)
            _record(made, held, actor, now)
    except IntegrityError as error:
        raise Conflict(_("同事刚刚调整了排序。请刷新后再看。")) from error
    return made


def _row(found: Ranking, application: Application, was: int, seen: int) -> tuple[list[Ranked], Ranked]:
    """The rows among which it stands (its batch's, where each has its own places), and the row itself."""
    row = next((r for r in found.rows if r.standing.application.pk == application.pk), None)
    if found.seen != seen or row is None or row.position != was:
        raise Conflict(_("排序刚刚变过。请刷新后再看。"))
    if row.decision is not None:
        raise Refused(_("这一项已经有决定，不再调整。要改，请先撤销决定。"))
    per_batch = found.meter is not None and found.meter.batch is not None
    batch = application.batch
    return [r for r in found.rows if not per_batch or r.standing.application.batch == batch], row


def _ahead_of(rows: list[Ranked], row: Ranked, position: int) -> Application | None:
    left = [r for r in rows if r is not row]
    return left[position - 1].standing.application if position <= len(left) else None


def _only_among_equals(found: Ranking, rows: list[Ranked], made: Shift) -> None:
    if found.basis.by_hand:
        return
    after = shifted([r.standing for r in rows], made.application_id, made.ahead_of_id, made.position)
    low, high = sorted((made.was, made.position))
    passed = {s.application.pk for s in after[low - 1 : high]}
    if len({r.key for r in rows if r.standing.application.pk in passed}) != 1:
        said = _("排序办法已经公布，先后由它决定；只有并列的可以调整。")
        raise Refused(said, clause=found.clause, field="position")


def _record(made: Shift, application: Application, actor: Actor, now: datetime) -> None:
    """Reasons may name people: the record keeps their digest."""
    body = {
        "level": made.level,
        "kind": made.kind,
        "was": made.was,
        "position": made.position,
        "reason": hashlib.sha256(made.reason.encode()).hexdigest(),
    }
    audit.append(stream=application.stream, act="ranking.shifted", actor=actor, body=body, now=now)
