"""Typing. An answer is kept as typed, valid or not; two people on different fields never meet."""

import unicodedata
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import BigIntegerField
from django.utils.translation import gettext as _

from xingyun.applications import permissions
from xingyun.applications.actions.promoting import promoted
from xingyun.applications.models import Application
from xingyun.applications.queries.answers import digest
from xingyun.audit.errors import Conflict, Refused
from xingyun.prepared import Parameter, Prepared
from xingyun.registry.actors import Actor
from xingyun.rounds.queries import rulebook_of
from xingyun.rulebook import Rulebook
from xingyun.rulebook.form import FieldError

MOST = 20_000
TRIES = 50


@dataclass(frozen=True, slots=True)
class Saved:
    """A field as kept now: the digest to show when saving it next, and what is wrong with the answer."""

    field: str
    digest: str
    error: FieldError | None
    rev: int


class FieldConflict(Conflict):
    """Somebody else has changed the field meanwhile. `digest` is that of `theirs`: show it to overrule."""

    def __init__(self, field: str, mine: str, theirs: str) -> None:
        super().__init__(
            _("这一栏刚被另一位填报人改过，两份内容都在，请选一份。其他各栏不受影响。"), field=field
        )
        self.mine = mine
        self.theirs = theirs
        self.digest = digest(theirs)


@dataclass(frozen=True, slots=True)
class Section:
    """What became of the fields of a section: saved ones, and those that somebody else has changed."""

    saved: dict[str, Saved] = field(default_factory=dict)
    conflicts: dict[str, FieldConflict] = field(default_factory=dict)


def save_answer(
    *, application: Application, field: str, raw: str, seen: str, actor: Actor, now: datetime
) -> Saved:
    """Keep what was typed into one field. `seen` is the digest of the value that the page showed before.

    Raises FieldConflict (`mine`, `theirs`, `digest`) when the field holds neither that nor this.
    """
    done = save_section(
        application=application, values={field: raw}, seen={field: seen}, actor=actor, now=now
    )
    if field in done.conflicts:
        raise done.conflicts[field]
    return done.saved[field]


def save_section(
    *,
    application: Application,
    values: Mapping[str, str],
    seen: Mapping[str, str],
    actor: Actor,
    now: datetime,  # noqa: ARG001  # every act is told the time; typing leaves no trace of it
) -> Section:
    """Keep what was typed into several fields; those without a conflict are saved whatever the others say."""
    current = copy(application)
    for tried in range(TRIES):
        # What the caller has just read is right nearly always, and the swap finds out.
        current = _current(application) if tried else current
        rulebook = rulebook_of(current.edition)
        typed = {key: _kept(rulebook, key, raw) for key, raw in values.items()}
        permissions.may_edit(actor, current, *(f"form:{key}" for key in typed))
        fresh, conflicts = _merge(current.answers, typed, seen)
        if _swap(current, fresh, rulebook):
            application.answers, application.rev = current.answers, current.rev
            return Section({key: _saved(rulebook, key, typed[key], current.rev) for key in fresh}, conflicts)
    raise Conflict(_("同时保存的人太多，这一次没有存上；您填的内容仍在页面上，请稍后再存。"))


def _current(application: Application) -> Application:
    """As it is now, under the edition that it has now: an amendment may have come in between."""
    found = _CURRENT.first(pk=application.pk)
    if found is None:
        raise Application.DoesNotExist
    return found


_COLUMNS = ("rev", "answers", "state", "unlocked", "enterprise_id", "edition__digest")
_CURRENT: Prepared[Application] = Prepared(
    lambda: (
        Application.objects.select_related("edition")
        .only(*_COLUMNS)
        .filter(pk=Parameter("pk", BigIntegerField()))
    )
)


def _kept(rulebook: Rulebook, key: str, raw: str) -> str:
    """As typed, but for line ends (browsers send two signs) and what no database can hold."""
    if not rulebook.form.has(key):
        raise Refused(_("本轮的申请表里没有这一栏。"), field=key)
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(sign for sign in text if sign != "\x00" and unicodedata.category(sign) != "Cs")
    if len(text) > MOST:
        raise Refused(_("内容太长（超过 %d 字），没有保存。请删减；页面上的内容还在。") % MOST, field=key)
    return text


def _merge(
    stored: Mapping[str, str], typed: Mapping[str, str], seen: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, FieldConflict]]:
    fresh: dict[str, str] = {}
    conflicts: dict[str, FieldConflict] = {}
    for key, mine in typed.items():
        theirs = stored.get(key, "")
        if theirs == mine or digest(theirs) == seen.get(key, digest("")):
            fresh[key] = mine
        else:
            conflicts[key] = FieldConflict(key, mine, theirs)
    return fresh, conflicts


def _swap(current: Application, fresh: Mapping[str, str], rulebook: Rulebook) -> bool:
    """Write if nothing has moved since it was read; what is the same already is not written again.

    `current` is as the database has it afterwards.
    """
    if all(current.answers.get(key, "") == raw for key, raw in fresh.items()):
        return True
    answers = {**current.answers, **fresh}
    swapped = Application.objects.filter(pk=current.pk, rev=current.rev, state=current.state).update(
        answers=answers, rev=current.rev + 1, **promoted(rulebook, answers)
    )
    if swapped:
        current.answers, current.rev = answers, current.rev + 1
    return bool(swapped)


def _saved(rulebook: Rulebook, key: str, raw: str, rev: int) -> Saved:
    parsed = rulebook.form.parse(rulebook.form.field(key), raw) if raw.strip() else None
    return Saved(key, digest(raw), parsed if isinstance(parsed, FieldError) else None, rev)
