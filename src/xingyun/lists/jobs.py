"""Work of this room that takes longer than a request."""

from xingyun import clock
from xingyun.accounts.models import User
from xingyun.jobs import Run, as_asked, job, periodic
from xingyun.lists import actions
from xingyun.lists.actions.asking import KIND
from xingyun.lists.models import Export
from xingyun.registry.queries import actor_at_work


@job(KIND, lease=120)
def make_export(run: Run) -> None:
    """Make an export for whoever asked for it, in its language."""
    known = Export.objects.select_related("office", "asked_by", "round__edition", "round__programme")
    export = known.get(pk=run.payload["export"])
    asked = User.objects.get(pk=export.asked_by_id)
    with as_asked(run):
        actions.make_export(
            export=export,
            actor=actor_at_work(asked),
            now=clock.now(),
            progress=run.progress,
            check=run.check,
            also=run.finish,
        )


@periodic("lists.purge", every=3600)
def purge(_run: Run) -> None:
    """Delete the files of exports whose days are over."""
    actions.purge_exports(now=clock.now())
