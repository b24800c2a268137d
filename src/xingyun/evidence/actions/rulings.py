"""How much of an odd row counts: what an office rules, added to and never changed (decision 11)."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xingyun.audit.errors import Conflict, Refused
from xingyun.evidence.models import Dossier, Invoice, Payment, Ruling
from xingyun.evidence.queries import frozen
from xingyun.evidence.queries.money import yuan

LONGEST = 500


def rule(
    *,
    dossier: Dossier,
    row: Invoice | Payment,
    fen: int,
    reason: str,
    seen: int | None,
    person: int,
    now: datetime,
) -> Ruling:
    """Rule that `fen` (with tax) of this row counts; `seen` is the ruling that the page showed, if any.

    Raises Refused with `field`, Conflict when a colleague has ruled meanwhile.
    """
    whole = row.whole_fen
    if not min(0, whole) <= fen <= max(0, whole):
        raise Refused(_("认定计入的金额要在 0 和 %s 元之间。") % yuan(whole), field="fen")
    if not reason.strip():
        raise Refused(_("请写明认定的理由，申请企业会看到。"), field="reason")
    if len(reason.strip()) > LONGEST:
        raise Refused(_("这一栏最多 %s 字。") % LONGEST, field="reason")
    before = Ruling.objects.filter(dossier=dossier, row=row.uid).order_by("-id").first()
    if (before.pk if before else None) != seen:
        raise Conflict(_twice())
    try:
        with transaction.atomic():
            return Ruling.objects.create(
                dossier=dossier,
                row=row.uid,
                said=frozen.said(row),
                fen=fen,
                reason=reason.strip(),
                supersedes=before,
                ruled_by_id=person,
                ruled_at=now,
            )
    except IntegrityError as error:
        raise Conflict(_twice()) from error


def _twice() -> str:
    return _("同事刚刚认定过这一条。请先看看他的认定，再决定是否更正。")
