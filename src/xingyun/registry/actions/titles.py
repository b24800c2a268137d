"""Titles that are granted and revoked, and stays on the blacklist."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xingyun.audit import Acting
from xingyun.audit import actions as audit
from xingyun.audit.errors import Conflict
from xingyun.files.models import File
from xingyun.registry.models import Enterprise, Provider, Sanction, Title


def grant_title(
    *,
    enterprise: Enterprise,
    programme: str,
    level: str,
    rank: int,
    year: int,
    valid_from: date,
    valid_to: date | None,
    serial: str,
    actor: Acting,
    now: datetime,
) -> Title:
    """Enter a title that was announced. The caller's transaction holds the announcement."""
    with transaction.atomic():
        title = Title.objects.create(
            enterprise=enterprise,
            programme=programme,
            level=level,
            rank=rank,
            year=year,
            valid_from=valid_from,
            valid_to=valid_to,
            serial=serial,
        )
        body = {"programme": programme, "level": level, "serial": serial}
        audit.append(stream=enterprise.stream, act="title.granted", actor=actor, body=body, now=now)
    return title


def revoke_title(*, title: Title, actor: Acting, now: datetime) -> None:
    """Take a title back; who looks it up sees that it was revoked."""
    with transaction.atomic():
        if not Title.objects.filter(pk=title.pk, revoked_at=None).update(revoked_at=now):
            raise Conflict(_("这个称号已经撤销。"))
        body = {"serial": title.serial}
        audit.append(stream=title.enterprise.stream, act="title.revoked", actor=actor, body=body, now=now)


def sanction(
    *,
    subject: Enterprise | Provider,
    scope: str,
    valid_from: date,
    valid_to: date | None,
    reason: str,
    proof: File | None,
    actor: Acting,
    now: datetime,
) -> Sanction:
    """Put an applicant, or the provider that shares the responsibility, on the blacklist (四)."""
    with transaction.atomic():
        made = Sanction.objects.create(
            enterprise=subject if isinstance(subject, Enterprise) else None,
            provider=subject if isinstance(subject, Provider) else None,
            scope=scope,
            valid_from=valid_from,
            valid_to=valid_to,
            reason=reason,
            proof=proof,
        )
        body = {"uscc": subject.uscc, "scope": scope}
        audit.append(stream="registry", act="sanction.entered", actor=actor, body=body, now=now)
    return made
