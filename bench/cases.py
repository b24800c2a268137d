"""What is measured: the engine, the record, the places, a booklet, the pages that many open at once."""

import tempfile
import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import load
from bench.measure import Row, measure, once
from xingyun.accounts.models import User
from xingyun.applications import actions, queries
from xingyun.applications.models import Application, Booklet
from xingyun.audit import actions as audit
from xingyun.clock import now
from xingyun.demo import command
from xingyun.files.queries import path
from xingyun.jobs.registry import discover
from xingyun.jobs.worker import Worker
from xingyun.registry.actors import SYSTEM
from xingyun.registry.queries import actor_for, members_of
from xingyun.results.models import Notice
from xingyun.rounds.actions import free_place, take_place
from xingyun.rounds.models import QuotaLine
from xingyun.rounds.queries import rulebook_of
from xingyun.rulebook import evaluate

EVERYONE = 30_000


def all_rows(root: Path) -> list[Row]:
    """Every row of the table."""
    command.run(["seed", "--rulebook", str(root / "rulebooks" / "jinan-2020")])
    like = Application.objects.filter(state="draft").exclude(level="").latest("id")
    return [*engine(), *writes(), *booklet(), *pages(), *load.rows(load.drafts(like))]


def engine() -> list[Row]:
    """Evaluating one application, and those of a whole country's round once more."""
    application = Application.objects.filter(state="accepted").first()
    assert application is not None
    book, facts = rulebook_of(application.edition), queries.facts(application)
    levels = [level.key for level in book.levels]

    def everyone() -> None:
        for n in range(EVERYONE):
            evaluate(book, replace(facts, level=levels[n % len(levels)]))

    return [
        measure("evaluate one application (limit 1 ms)", lambda: evaluate(book, facts), times=300),
        once(f"evaluate {EVERYONE:,} again (limit 60 s)", everyone),
    ]


def writes() -> list[Row]:
    """The record and the places."""
    line = QuotaLine.objects.filter(cap__gte=1).first()
    assert line is not None

    def record() -> None:
        with transaction.atomic():
            audit.append(stream=f"bench:{uuid.uuid4()}", act="bench", actor=SYSTEM, body={}, now=now())

    def place() -> None:
        with transaction.atomic():
            take_place(line=line)
            free_place(line=line)

    return [
        measure("audit entry, a stream each", record, times=300, note=connection.vendor),
        measure("take a place and free it", place, times=300, note=connection.vendor),
    ]


def booklet() -> list[Row]:
    """Assembling against a plain rewrite of the same book."""
    made = Booklet.objects.filter(state="ready").order_by("-pages").first()
    assert made is not None
    assert made.file is not None
    source = path(made.file)

    def rewrite() -> None:
        with tempfile.NamedTemporaryFile() as out, pikepdf.open(source) as pdf:
            pdf.save(out.name)

    draft = Application.objects.filter(state="draft").exclude(level="").latest("id")
    filler_ = actor_for(User.objects.get(username=filler(draft)))
    worker = Worker(discover())

    def make() -> None:
        draft.refresh_from_db()
        before = draft.answers.get("filing_number", "")
        given = {"application": draft, "actor": filler_, "now": now()}
        actions.save_answer(
            field="filing_number",
            raw=before + "1" if len(before) < 50 else "1",
            seen=actions.digest(before),
            **given,
        )
        actions.make_booklet(**given)
        worker.drain()

    return [
        measure(f"rewrite a booklet of {made.pages} pages", rewrite, times=20, note="the measure"),
        measure(
            "change a field, make the booklet anew", make, times=8, note="plan, assemble, read back, keep"
        ),
    ]


def pages() -> list[Row]:
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


def filler(application: Application) -> str:
    """The user name of somebody who fills this application in."""
    return User.objects.get(pk=members_of(application.enterprise_id)[0]).username


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
