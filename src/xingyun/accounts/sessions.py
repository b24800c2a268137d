"""Sessions in the database, looked up by a prepared query: every page of a signed-in person asks for one."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import CharField, DateTimeField

from xingyun.clock import machine_now
from xingyun.prepared import Parameter, Prepared

_LIVE: Prepared[Session] = Prepared(
    lambda: Session.objects.filter(
        session_key=Parameter("key", CharField()), expire_date__gt=Parameter("now", DateTimeField())
    )
)


class SessionStore(db.SessionStore):
    """Django's own but for the way in which it is read."""

    def _get_session_from_db(self) -> Session | None:
        found = _LIVE.first(key=self.session_key, now=machine_now())
        if found is None:
            # As Django does: an unknown key is never taken over for a new session.
            self._session_key = None
        return found
