"""Asking for what is done behind the applicant's back: files read, the evidence checked."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from xingyun.applications.models import Application
from xingyun.applications.queries.rereading import is_under_way
from xingyun.applications.queries.subject import long_texts, of_dossiers, subject
from xingyun.evidence import actions as evidence
from xingyun.evidence.checks import look_alike, run_all
from xingyun.evidence.states import ReadingState
from xingyun.files.models import File
from xingyun.jobs import actions as jobs
from xingyun.jobs.run import Run

READ, CHECK = "applications.read", "applications.check"
COMPARING_LOOKS = look_alike.CHECK.key


def have_read(*, application: Application, file: File, now: datetime) -> None:
    """Have a file read that was not yet, else what hangs on it checked; part of the caller's transaction."""
    if evidence.expect_reading(file=file).state == ReadingState.WAITING:
        jobs.enqueue(kind=READ, key=file.sha256, payload={"file": file.pk}, now=now)
    else:
        have_checked(application=application, now=now)


def have_checked(*, application: Application, now: datetime) -> None:
    """Have the evidence of an application checked anew; part of the caller's transaction."""
    payload = {"application": application.pk}
    jobs.enqueue(kind=CHECK, key=str(application.uid), payload=payload, now=now, again=True)


def have_all_checked(*, applications: Iterable[Application], now: datetime) -> None:
    """The same of several."""
    for one in applications:
        have_checked(application=one, now=now)


def check(*, application: Application, run: Run, now: datetime) -> None:
    """Look at everything and keep what is odd; whoever it has in common with others is checked as well.

    Others are asked for only where something new was found, so this comes to an end. While files are read
    again, a likeness that is not found is not called gone: the other page may wait for it.
    """
    unsure = (COMPARING_LOOKS,) if is_under_way() else ()
    if application.submitted_at:
        evidence.keep_prints(dossier=application.dossier, texts=long_texts(application))
    found = list(run_all(subject(application, now)))
    with transaction.atomic():
        run.check()
        fresh = evidence.record_findings(dossier=application.dossier, found=found, now=now, unsure=unsure)
        touched = {one.other_id for one in fresh if one.other_id is not None}
        have_all_checked(applications=of_dossiers(touched) if touched else (), now=now)
