"""Authorities come from the edition that is released."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from django.db import transaction

from xingyun.audit import Acting
from xingyun.audit import actions as audit
from xingyun.registry.models import Authority


class Office(Protocol):
    """An authority as a rulebook describes it."""

    @property
    def key(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def tier(self) -> str: ...
    @property
    def parent(self) -> str | None: ...
    @property
    def division_code(self) -> str | None: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...
    @property
    def issuer(self) -> str: ...
    @property
    def co_issuer(self) -> str | None: ...


def sync_authorities(
    *, offices: Iterable[Office], phones: Mapping[str, str], actor: Acting, now: datetime
) -> dict[str, Authority]:
    """Make or rename the authorities that an edition names, parents first; none is ever removed.

    Programmes share offices: what an edition says nothing of (co-issuer, telephone) stays as it is known.
    """
    known: dict[str, Authority] = {}
    waiting = list(offices)
    with transaction.atomic():
        while waiting:
            ready = [o for o in waiting if o.parent is None or o.parent in known]
            for office in ready:
                known[office.key] = _sync(office, known.get(office.parent or ""), phones.get(office.key, ""))
            waiting = [o for o in waiting if o.key not in known]
        audit.append(
            stream="registry", act="authorities.synced", actor=actor, body={"keys": sorted(known)}, now=now
        )
    return known


def _sync(office: Office, parent: Authority | None, phone: str) -> Authority:
    said = {
        "code": office.division_code,
        "co_issuer": office.co_issuer,
        "aliases": list(office.aliases),
        "phone": phone,
    }
    found, _made = Authority.objects.update_or_create(
        key=office.key,
        defaults={
            "parent": parent,
            "tier": office.tier,
            "name": office.label,
            "issuer": office.issuer,
            **{column: value for column, value in said.items() if value},
        },
    )
    return found
