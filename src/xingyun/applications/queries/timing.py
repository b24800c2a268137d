"""Who was in the midst of handing in when the window closed, and how long the rulebook still takes it."""

from datetime import datetime, timedelta

from xingyun.applications.models import Application
from xingyun.applications.queries.one import apply_stage
from xingyun.files.queries import under_way
from xingyun.registry.queries import members_of
from xingyun.rounds.queries import rulebook_of
from xingyun.rounds.states import RoundState


def grace(application: Application, closes: datetime, now: datetime) -> datetime | None:
    """Until when it is still taken after the close: an upload of its people had begun before it.

    None where the rulebook grants no such time, it is over, or nothing was under way. Asks the database
    only in these few minutes.
    """
    rulebook = rulebook_of(application.edition)
    until = closes + timedelta(minutes=rulebook.window(apply_stage(rulebook)).grace_minutes)
    if application.round.state != RoundState.OPEN or not closes <= now < until:
        return None
    return until if under_way(owners=members_of(application.enterprise_id), at=closes) else None
