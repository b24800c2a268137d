"""Certificates: one paper a title, made once."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from xingyun.audit import Acting
from xingyun.papers import actions as papers
from xingyun.results.models import Award
from xingyun.results.queries import sheets

RELATIONS = (
    "application__enterprise",
    "application__edition",
    "title",
    "announcement__notice__authority",
)


def issue_certificate(
    *, award_id: int, actor: Acting, now: datetime, also: Callable[[], None] = lambda: None
) -> None:
    """Make the certificate of an award unless it is there. `also` runs in the same transaction."""
    award = Award.objects.select_related(*RELATIONS).get(pk=award_id)
    if award.certificate_id is not None:
        return
    edition = award.application.edition
    data = sheets.certificate(award)
    sheet = papers.typeset(
        template="certificate", data=data, edition=edition, now=now, signed=f"证书 {award.title.serial}"
    )
    with transaction.atomic():
        held = Award.objects.select_for_update().get(pk=award_id)
        if held.certificate_id is None:
            stream = award.application.stream
            paper = papers.record(sheet=sheet, kind="certificate", about=stream, actor=actor, now=now)
            Award.objects.filter(pk=award_id).update(certificate=paper)
        also()
