"""Pages that many open at once, through the whole stack of middleware."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.measure import Row, measure
from bench.people import filler
from xingyun.accounts.models import User
from xingyun.applications.models import Application
from xingyun.results.models import Notice


def rows() -> list[Row]:
    """Pages through the whole stack of middleware, signed in where needed, with their queries."""
    notice = Notice.objects.latest("id")
    draft = Application.objects.filter(state="draft").exclude(level="").latest("id")
    return [
        page("home", Client(), "/"),
        page("public notice", Client(), f"/notices/{notice.uid}/"),
        page("sign-in page", Client(), "/accounts/login/"),
        page("officials: queue", signed_in("city-jb"), "/officials/applications/"),
        page("officials: to do", signed_in("city-jb"), "/officials/"),
        page("applicant: form", signed_in(filler(draft)), f"/enterprise/applications/{draft.uid}/form/"),
    ]


def signed_in(username: str) -> Client:
    """A browser of this person."""
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def page(name: str, client: Client, address: str) -> Row:
    """One page: times, and how many queries it asks."""
    get: Callable[[], object] = lambda: client.get(address, follow=True)  # noqa: E731
    answer = client.get(address, follow=True)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        get()
    return measure(name, get, times=60, note=f"{answer.status_code}, {len(asked)} queries")
