"""Titles that are granted and revoked, and stays on the blacklist."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from xingyun.audit import Acting
from xingyun.audit import actions as audit
from xingyun.audit.errors import Conflict
from xingyun.clock import calendar_day
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
    programmes: Iterable[str] = (),
) -> Sanction:
    """Put an applicant, or the provider that shares the responsibility, on the blacklist (四).

    From `valid_from` until the day before `valid_to` (None: no end is set) whoever has this code begins and
    hands in nothing of its own in `programmes`; to be named by a customer shuts out nobody.
    """
    with transaction.atomic():
        made = Sanction.objects.create(
            enterprise=subject if isinstance(subject, Enterprise) else None,
            provider=subject if isinstance(subject, Provider) else None,
            scope=scope,
            valid_from=valid_from,
            valid_to=valid_to,
            reason=reason,
            proof=proof,
            programmes=list(programmes),
        )
        body = {"uscc": subject.uscc, "scope": scope, "programmes": list(programmes)}
        audit.append(stream="registry", act="sanction.entered", actor=actor, body=body, now=now)
    return made


def lift_sanction(*, sanction: Sanction, actor: Acting, now: datetime) -> bool:
    """End a stay on the blacklist today; False where it has ended."""
    today = calendar_day(now)
    live = Sanction.objects.filter(Q(valid_to=None) | Q(valid_to__gt=today), pk=sanction.pk)
    if not live.update(valid_to=today):
        return False
    subject = sanction.enterprise or sanction.provider
    body = {"uscc": subject.uscc if subject else "", "sanction": sanction.pk}
    audit.append(stream="registry", act="sanction.lifted", actor=actor, body=body, now=now)
    return True


def known_provider(*, uscc: str, name: str) -> Provider:
    """The provider of this code, entered where nobody has named it yet."""
    found, _made = Provider.objects.get_or_create(uscc=uscc, defaults={"name": name})
    return found
