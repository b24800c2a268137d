"""The one place that knows the sign-in library."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library ships no types
    """Accounts are made by registering an enterprise or by an administrator, never by a bare sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  # the library's signature
        """No page of the library makes accounts."""
        return False
