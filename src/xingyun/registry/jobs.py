"""Work of this room that takes longer than a request."""

from xingyun import clock
from xingyun.accounts.models import User
from xingyun.jobs import Run, as_asked, job
from xingyun.registry import actions
from xingyun.registry.actions.roster import KIND
from xingyun.registry.models import RosterImport
from xingyun.registry.queries import actor_at_work


@job(KIND, lease=300)
def import_roster(run: Run) -> None:
    """Carry an import out for whoever asked for it; its rows, its result and the job's end are one."""
    made = RosterImport.objects.select_related("authority", "file", "asked_by").get(pk=run.payload["import"])
    asked = User.objects.get(pk=run.owner_id) if run.owner_id else made.asked_by
    with as_asked(run):
        actions.carry_out_import(
            made=made,
            actor=actor_at_work(asked),
            now=clock.now(),
            progress=run.progress,
            check=run.check,
            also=run.finish,
        )
