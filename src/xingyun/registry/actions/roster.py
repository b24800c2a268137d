"""The roster of cloud-adopting enterprises and its released snapshot, the base of the quotas."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xingyun.audit import actions as audit
from xingyun.audit.errors import Refused
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority, RosterEntry, Snapshot
from xingyun.registry.permissions import may_keep_roster, may_release_snapshot
from xingyun.registry.states import RosterState
from xingyun.rulebook import uscc as codes

BATCH = 1000


@dataclass(frozen=True, slots=True)
class RowError:
    """A row that was left out: its place (from 1), the code as given, and why."""

    row: int
    uscc: str
    message: str


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did."""

    added: int
    present: int
    disputed: int
    errors: tuple[RowError, ...]


def import_roster(
    *, authority: Authority, rows: Iterable[tuple[str, str]], listed_on: date, actor: Actor, now: datetime
) -> ImportResult:
    """Add (code, name) rows to an authority's roster; wrong rows are left out and told, the others stand.

    A code that another authority lists as well counts in neither until it is ruled.
    """
    may_keep_roster(actor, authority)
    good, errors = _sort(rows)
    with transaction.atomic():
        present = _live(authority, good)
        fresh = {code: name for code, name in good.items() if code not in present}
        disputed = _dispute_elsewhere(authority, fresh)
        RosterEntry.objects.bulk_create(_entries(authority, fresh, disputed, listed_on), batch_size=BATCH)
        body = {"added": len(fresh), "disputed": len(disputed), "left_out": len(errors)}
        audit.append(
            stream=f"authority:{authority.key}", act="roster.imported", actor=actor, body=body, now=now
        )
    return ImportResult(len(fresh), len(present), len(disputed), tuple(errors))


def _sort(rows: Iterable[tuple[str, str]]) -> tuple[dict[str, str], list[RowError]]:
    good: dict[str, str] = {}
    errors: list[RowError] = []
    for n, (raw, name) in enumerate(rows, 1):
        code = codes.normalise(raw)
        if wrong := codes.fault(code):
            errors.append(RowError(n, raw, wrong.text.say(get_language() or "")))
        elif not name.strip():
            errors.append(RowError(n, raw, _("缺企业名称。")))
        elif code in good:
            errors.append(RowError(n, raw, _("与前面某行的代码相同，只计一次。")))
        else:
            good[code] = name.strip()
    return good, errors


def _chunks(codes_: Iterable[str]) -> Iterator[list[str]]:
    listed = list(codes_)
    return (listed[n : n + BATCH] for n in range(0, len(listed), BATCH))


def _live(authority: Authority, good: Iterable[str]) -> set[str]:
    live = RosterEntry.objects.filter(authority=authority, delisted_on=None)
    return {
        code for chunk in _chunks(good) for code in live.filter(uscc__in=chunk).values_list("uscc", flat=True)
    }


def _dispute_elsewhere(authority: Authority, fresh: Iterable[str]) -> set[str]:
    others = RosterEntry.objects.filter(delisted_on=None).exclude(authority=authority)
    found: set[str] = set()
    for chunk in _chunks(fresh):
        hits = others.filter(uscc__in=chunk)
        found.update(hits.values_list("uscc", flat=True))
        hits.update(state=RosterState.DISPUTED)
    return found


def _entries(
    authority: Authority, fresh: dict[str, str], disputed: set[str], listed_on: date
) -> list[RosterEntry]:
    return [
        RosterEntry(
            authority=authority,
            uscc=code,
            name=name,
            listed_on=listed_on,
            state=RosterState.DISPUTED if code in disputed else RosterState.COUNTED,
        )
        for code, name in fresh.items()
    ]


def release_snapshot(
    *,
    authority: Authority,
    year: int,
    counted_on: date,
    actor: Actor,
    now: datetime,
    count: int | None = None,
    source: str = "",
) -> Snapshot:
    """Freeze the number of cloud-adopting enterprises from which the year's places follow (三、2).

    Where no list exists, `count` is the figure and `source` the document it stands in.
    """
    may_release_snapshot(actor, authority)
    if count is not None and not source.strip():
        raise Refused(_("没有名录、直接填数的，请写明数字出自哪份文件。"), field="source")
    listed = _counted_codes(authority, counted_on)
    number = len(listed) if count is None else count
    digest = hashlib.sha256("\n".join(listed).encode()).hexdigest()
    try:
        with transaction.atomic():
            snapshot = Snapshot.objects.create(
                authority=authority,
                year=year,
                counted_on=counted_on,
                count=number,
                digest=digest,
                source=source.strip(),
                released_by_id=actor.person,
                released_at=now,
            )
            body = {"year": year, "count": number, "digest": digest, "on": counted_on.isoformat()}
            audit.append(
                stream=f"authority:{authority.key}", act="snapshot.released", actor=actor, body=body, now=now
            )
    except IntegrityError as error:
        raise Refused(_("%(year)s 年的基数已经发布，不能再改。") % {"year": year}) from error
    return snapshot


def _counted_codes(authority: Authority, on: date) -> list[str]:
    counted = RosterEntry.objects.filter(
        authority=authority, delisted_on=None, state=RosterState.COUNTED, listed_on__lte=on
    )
    return list(counted.order_by("uscc").values_list("uscc", flat=True))
