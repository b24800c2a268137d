"""Which pages of which files prove what is odd about a row of the ledger (decision 11)."""

from datetime import datetime

from django.utils.translation import gettext as _

from xingyun.applications.actions.editing import editing
from xingyun.applications.actions.page_ranges import joined, pages_exist, still_there
from xingyun.applications.models import Application, Attachment, RowPage
from xingyun.audit.errors import NotAllowed
from xingyun.evidence.queries import Explained
from xingyun.registry.actors import Actor

PLACES = ("ledger",)


def prove_row(
    *,
    application: Application,
    row: Explained,
    attachment: Attachment,
    first: int,
    last: int,
    actor: Actor,
    now: datetime,
) -> RowPage:
    """Let pages `first` to `last` (from 1, inclusive) of a file prove what was explained of a row."""
    pages_exist(application, attachment, first, last)
    with editing(application=application, act="row.proved", places=PLACES, actor=actor, now=now) as edit:
        if row.dossier_id != edit.application.dossier_id or row.removed_at:
            raise NotAllowed(_("台账里没有这一条。"))
        still_there(attachment)
        own = RowPage.objects.filter(application=application, row=row.uid)
        start, end = joined(own, attachment, first, last)
        page = RowPage.objects.create(
            application=application, row=row.uid, attachment=attachment, first=start, last=end
        )
        edit.say(row=str(row.uid), attachment=str(attachment.uid), first=start, last=end)
    return page


def unprove_row(*, page: RowPage, actor: Actor, now: datetime) -> None:
    """Take these pages away from the proof of a row."""
    application = page.application
    with editing(application=application, act="row.unproved", places=PLACES, actor=actor, now=now) as edit:
        edit.nothing = not RowPage.objects.filter(pk=page.pk).delete()[0]
        edit.say(row=str(page.row), first=page.first, last=page.last)
