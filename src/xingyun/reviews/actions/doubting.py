"""Ruling on findings: nothing wrong, an explanation accepted, or confirmed; kept when checks run again."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xingyun.applications.models import Application
from xingyun.applications.queries import get
from xingyun.audit import actions as audit
from xingyun.audit.errors import NotAllowed
from xingyun.evidence import actions as evidence
from xingyun.evidence.models import Finding
from xingyun.registry.actors import Actor
from xingyun.reviews.actions.holding import hold
from xingyun.reviews.permissions import may_rule


def rule_finding(
    *,
    application: Application,
    finding: int,
    status: str,
    reason: str,
    seen: str,
    actor: Actor,
    now: datetime,
) -> Finding:
    """Rule on a finding of this application; `seen` is its status as the page showed it.

    Raises NotAllowed, Refused with `field`, Conflict.
    """
    get(actor, application.uid)
    with transaction.atomic():
        held = hold(application)
        may_rule(actor, held)
        found = Finding.objects.filter(dossier=held.dossier, pk=finding, gone_at=None).first()
        if found is None:
            raise NotAllowed(_("没有找到这一条。"))
        ruled = evidence.rule_finding(
            finding=found, status=status, reason=reason, seen=seen, person=actor.person, now=now
        )
        body = {
            "finding": ruled.pk,
            "check": ruled.check_key,
            "fingerprint": ruled.fingerprint,
            "status": ruled.status,
            "reason": hashlib.sha256(ruled.reason.encode()).hexdigest(),
        }
        audit.append(stream=held.stream, act="finding.ruled", actor=actor, body=body, now=now)
    return ruled
