"""Who is behind a session, looked up by a prepared query."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import BigIntegerField

from xingyun.accounts.models import User
from xingyun.prepared import Parameter, Prepared

_KNOWN: Prepared[User] = Prepared(lambda: User.objects.filter(pk=Parameter("pk", BigIntegerField())))


class Backend(AuthenticationBackend):  # type: ignore[misc]  # the library ships no types
    """The library's own but for the way in which a known person is read."""

    def get_user(self, user_id: int) -> User | None:
        """The person of this id who may sign in, if there is one."""
        user = _KNOWN.first(pk=user_id)
        return user if user and self.user_can_authenticate(user) else None
