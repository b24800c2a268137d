"""Work of this room that takes longer than a request."""

from django.utils import translation

from xingyun import clock
from xingyun.accounts.models import User
from xingyun.audit.errors import Refused
from xingyun.jobs import JobError, Run, job
from xingyun.registry import actions
from xingyun.registry.actions.roster import KIND
from xingyun.registry.models import RosterImport
from xingyun.registry.queries import actor_for


@job(KIND, lease=300)
def import_roster(run: Run) -> None:
    """Carry an import out for whoever asked for it; its rows, its result and the job's end are one."""
    made = RosterImport.objects.select_related("authority", "file", "asked_by").get(pk=run.payload["import"])
    asked = User.objects.get(pk=run.owner_id) if run.owner_id else made.asked_by
    try:
        with translation.override(run.payload.get("language") or translation.get_language()):
            actions.carry_out_import(
                made=made,
                actor=actor_for(asked),
                now=clock.now(),
                progress=run.progress,
                check=run.check,
                also=run.finish,
            )
    except Refused as refused:
        raise JobError(refused.message) from refused
