"""The one place that changes a state: compare and set, a step of the history, an entry in the record."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from xingyun.applications.models import Application, StateChange
from xingyun.applications.states import TRANSITIONS, State
from xingyun.audit import Acting
from xingyun.audit import actions as audit
from xingyun.audit.errors import Conflict
from xingyun.registry.models import Authority

BEGIN = "begin"


def move(
    *,
    application: Application,
    to: State,
    actor: Acting,
    now: datetime,
    reason: str = "",
    clause: str = "",
    holder: Authority | None = None,
    unlocked: Iterable[str] = (),
    due: datetime | None = None,
    body: Mapping[str, Any] | None = None,
    rev: int | None = None,
    **columns: Any,
) -> StateChange:
    """Take `application` from the state in which the caller saw it to `to`.

    `holder` is the office that has it next (unchanged when None), `unlocked` and `due` say what may be
    corrected until when, `body` adds keys and digests to the audit entry, `columns` sets columns of the
    application. With `rev` nothing may have been changed since that revision. Raises Conflict when the
    table has no such edge or somebody else was faster.
    """
    source = State(application.state)
    act = TRANSITIONS.get(source, {}).get(to)
    if act is None:
        raise Conflict(_said(source))
    with transaction.atomic():
        values = {"state": to, "unlocked": list(unlocked), "due": due, **columns}
        if holder is not None:
            values["holder"] = holder
        _swap(application, source, rev, values)
        change = _record(application, source, to, act, actor, now, reason, clause, body or {})
    for name, value in values.items():
        setattr(application, name, value)
    application.rev += 1
    application.parts_rev += 1
    return change


def begin(*, application: Application, actor: Acting, now: datetime, body: Mapping[str, Any]) -> StateChange:
    """The first step of the history, in the transaction that makes the application."""
    return _record(application, None, State.DRAFT, BEGIN, actor, now, "", "", body)


def _swap(application: Application, source: State, rev: int | None, values: Mapping[str, Any]) -> None:
    seen = Application.objects.filter(pk=application.pk, state=source)
    if rev is not None:
        seen = seen.filter(rev=rev)
    if seen.update(rev=F("rev") + 1, parts_rev=F("parts_rev") + 1, **values) != 1:
        found = Application.objects.values_list("state", flat=True).get(pk=application.pk)
        raise Conflict(_said(State(found), moved=found != source))


def _said(state: State, moved: bool = True) -> str:
    if moved:
        return _("这份申请已经是“%s”，这一步没有做成，什么也没有改变。请刷新后再看。") % state.label
    return _("就在刚才，另一位填报人改了内容，这一步没有做成。请刷新核对后再来一次。")


def _record(
    application: Application,
    source: State | None,
    to: State,
    act: str,
    actor: Acting,
    now: datetime,
    reason: str,
    clause: str,
    body: Mapping[str, Any],
) -> StateChange:
    last = StateChange.objects.filter(application=application).aggregate(last=Max("seq"))["last"] or 0
    step = {"from": source or "", "to": to, "seq": last + 1, "clause": clause}
    entry = audit.append(
        stream=application.stream, act=f"application.{act}", actor=actor, body={**body, **step}, now=now
    )
    return StateChange.objects.create(
        application=application,
        seq=last + 1,
        source=source or "",
        target=to,
        act=act,
        actor=actor.id,
        label=actor.label,
        at=now,
        clause=clause,
        reason=reason,
        entry_hash=entry.hash,
    )
