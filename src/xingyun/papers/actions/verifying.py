"""A statement of what a verification of the record has found: asked for on a page, made by a job, kept."""

import io
import json
from collections.abc import Callable
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from xingyun.audit import Acting, verify
from xingyun.audit import actions as audit
from xingyun.audit.errors import NotAllowed
from xingyun.files import actions as files
from xingyun.jobs import actions as jobs
from xingyun.jobs.models import Job
from xingyun.registry.actors import Actor

KIND = "papers.verify_record"
STREAM = "record"
# Whoever altered more than this is found out by the first ones.
MOST = 500


def ask_verification(*, actor: Actor, now: datetime) -> Job:
    """Let the whole record be verified; one verification runs at a time."""
    if not actor.is_auditor:
        raise NotAllowed(_("只有审计岗可以查验记录。"))
    return jobs.enqueue(kind=KIND, key="all", payload={}, owner=actor.person, now=now)


def state_verification(*, actor: Acting, now: datetime, also: Callable[[], None]) -> int:
    """Verify the record, keep what was found as a file and say so in the record; returns the findings.

    `also` ends the job in the same transaction.
    """
    findings = list(islice(verify.verify(), MOST))
    size = verify.size()
    said = {
        "at": now.isoformat(),
        "whole": not findings,
        **size,
        "findings": [[f.kind, f.stream, f.seq, f.text] for f in findings],
    }
    content = json.dumps(said, ensure_ascii=False, indent=1).encode()
    file = files.store(source=io.BytesIO(content), now=now, kind="application/json")
    with transaction.atomic():
        also()
        body = {"findings": len(findings), "entries": size["entries"], "file": file.sha256}
        audit.append(stream=STREAM, act="record.verified", actor=actor, body=body, now=now)
    return len(findings)
