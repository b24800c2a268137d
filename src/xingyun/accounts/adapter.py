"""The one place that knows the sign-in library."""

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.core import ratelimit
from django.http import HttpRequest

from xingyun.accounts.models import User

TOLD = "told_of_others"


def may_ask_for_password(request: HttpRequest, username: str) -> bool:
    """Whether a new password may be asked for once more, from this address and for this name."""
    return bool(ratelimit.consume(request, action="reset_password", key=username.strip().lower()))


def may_answer(request: HttpRequest, link: str) -> bool:
    """Whether an answer through a mailed link may be tried once more, from this address and by this link."""
    return bool(ratelimit.consume(request, action="answer_link", key=link))


def may_learn_of_others(request: HttpRequest) -> bool:
    """Whether this address may be told once more which codes and names are known here."""
    return bool(ratelimit.consume(request, action=TOLD, dry_run=True))


def has_learnt_of_others(request: HttpRequest) -> None:
    """It was told: counted, so that nobody tries through the codes of a city's enterprises."""
    ratelimit.consume(request, action=TOLD)


def network_address(request: HttpRequest) -> str:
    """From where a request comes: the address that the proxy tells where there is one."""
    return str(get_adapter().get_client_ip(request))


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library ships no types
    """Accounts are made by registering an enterprise or by an administrator, never by a bare sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  # the library's signature
        """No page of the library makes accounts."""
        return False

    def set_password(self, user: User, password: str) -> None:
        """A password that its owner has chosen is nobody else's."""
        user.must_change = False
        super().set_password(user, password)
