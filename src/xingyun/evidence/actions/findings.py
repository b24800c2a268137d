"""Findings: kept as the same ones however often they are found, and ruled by an office."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xingyun.audit.errors import Conflict, Refused
from xingyun.evidence.checks import Check, Found
from xingyun.evidence.checks.copied_text.minhash import bands, signature
from xingyun.evidence.models import Dossier, Finding, TextBand, TextPrint
from xingyun.evidence.states import FindingState

LONGEST = 500
SHORTEST_TEXT = 40  # signs below which a text says too little to have been copied


def record_findings(
    *, dossier: Dossier, found: Iterable[tuple[Check, Found]], now: datetime, unsure: Collection[str] = ()
) -> list[Finding]:
    """Put what was found in the place of what was found before; returns what is new.

    What is found again keeps its row and what was ruled of it; what is not found any more is gone, unless its
    check is one of `unsure` (keys), which could not see everything this time. Part of the caller's
    transaction, if there is one.
    """
    with transaction.atomic():
        known = {(one.check_key, one.fingerprint): one for one in Finding.objects.filter(dossier=dossier)}
        fresh = []
        for check, one in found:
            columns = _columns(one)
            before = known.pop((check.key, one.fingerprint), None)
            if before is None:
                kept = {"check_key": check.key, "fingerprint": one.fingerprint, "found_at": now}
                fresh.append(Finding(dossier=dossier, **kept, **columns))
            elif changed := _changed(before, columns):
                Finding.objects.filter(pk=before.pk).update(**changed)
        missing = [one for one in known.values() if one.check_key not in unsure]
        gone = [one.pk for one in missing if one.gone_at is None]
        Finding.objects.filter(pk__in=gone).update(gone_at=now)
        Finding.objects.bulk_create(fresh, ignore_conflicts=True)
    return fresh


def keep_prints(*, dossier: Dossier, texts: Mapping[str, str]) -> None:
    """Keep the prints of the long texts (by field) that were handed in, in the place of the former ones."""
    long = {field: text for field, text in texts.items() if len(text.strip()) >= SHORTEST_TEXT}
    with transaction.atomic():
        before = {one.field: one for one in TextPrint.objects.filter(dossier=dossier)}
        gone = [one.pk for field, one in before.items() if field not in long or one.text != long[field]]
        TextPrint.objects.filter(pk__in=gone).delete()
        for field, text in long.items():
            if field not in before or before[field].text != text:
                _print(dossier, field, text)


def rule_finding(
    *,
    finding: Finding,
    status: str,
    reason: str,
    seen: str,
    person: int,
    now: datetime,
) -> Finding:
    """Say what a finding is: justified, explained or confirmed, and why; `seen` is the status shown before.

    A later ruling takes the place of the former, which stays in the record. Raises Refused with `field`,
    Conflict when a colleague ruled meanwhile.
    """
    if status not in set(FindingState.values) - {FindingState.OPEN}:
        raise Refused(_("请选核实的结果。"), field="status")
    if not reason.strip():
        raise Refused(_("请写明理由。"), field="reason")
    if len(reason.strip()) > LONGEST:
        raise Refused(_("这一栏最多 %s 字。") % LONGEST, field="reason")
    ruled = {"status": status, "reason": reason.strip(), "decided_by_id": person, "decided_at": now}
    if not Finding.objects.filter(pk=finding.pk, status=seen, decided_at=finding.decided_at).update(**ruled):
        raise Conflict(_("同事刚刚核实过这一条。请先看看他的结论，再决定是否更正。"))
    finding.refresh_from_db()
    return finding


def _print(dossier: Dossier, field: str, text: str) -> None:
    numbers = signature(text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    made = TextPrint.objects.create(dossier=dossier, field=field, digest=digest, text=text, signature=numbers)
    TextBand.objects.bulk_create(TextBand(of=made, key=key) for key in bands(numbers))


def _columns(one: Found) -> dict[str, Any]:
    return {
        "across": one.across,
        "other_id": one.other,
        "row": one.row,
        "file_id": one.held.file.pk if one.held else None,
        "page": one.page,
        "box": list(one.box),
        "beside": dict(one.beside),
        "clause": one.clause,
        "zh": one.words.zh[:1000],
        "en": one.words.en[:1000],
        "repair_zh": one.repair.zh[:500],
        "repair_en": one.repair.en[:500],
        "gone_at": None,
    }


def _changed(before: Finding, columns: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in columns.items() if getattr(before, name) != value}
