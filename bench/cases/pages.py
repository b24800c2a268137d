"""Pages that many open at once, through the whole stack of middleware."""

import time
from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.measure import Row, measure
from bench.people import filler
from xingyun.accounts.models import User
from xingyun.applications.models import Application
from xingyun.results.models import Notice

LONGEST = 10.0  # seconds that one page is asked for


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
    begun = time.perf_counter()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        get()
    # A page that takes a second says with a dozen times what a quick one says with sixty.
    times = min(60, max(12, int(LONGEST / (time.perf_counter() - begun))))
    return measure(name, get, times=times, note=f"{answer.status_code}, {len(asked)} queries")
