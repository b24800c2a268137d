"""Every route, every visitor: what the answer is stands in `doors.txt`, and a route that does not fails."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from tests.web.matrix.forms import form_of
from tests.web.matrix.table import Row, address, routes, rows, sign
from tests.web.matrix.world import IN_HAND, World, untouched

pytestmark = pytest.mark.django_db
TABLE = rows()
METHODS = {"GET", "POST"}
CLOSED = {"-", "?"}
WRITING = ("INSERT", "UPDATE", "DELETE")
OF_HOME = {"awarded", "proposed", *IN_HAND, "draft", "sent", "in-hand", "registration"}


@contextmanager
def written() -> Iterator[list[str]]:
    """The statements that write, sessions aside."""
    seen: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(WRITING) and "django_session" not in sql:
            seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield seen


def ask(world: World, row: Row, visitor: str) -> tuple[str, list[str]]:
    """The sign of the answer, and what was written for it."""
    with untouched():
        given = form_of(world, row.route) if row.method != "GET" else {}
        with written() as statements:
            answer = world.ask(visitor, row.method, address(world, row), **given)
    return sign(answer), statements


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.label)
def test_a_door(world: World, row: Row) -> None:
    answers = {visitor: ask(world, row, visitor) for visitor in row.signs}
    assert {visitor: said for visitor, (said, _written) in answers.items()} == row.signs
    for visitor, (said, statements) in answers.items():
        assert not (said in CLOSED and statements), f"{visitor} was refused, and yet: {statements}"


def test_every_route_is_listed_and_no_other() -> None:
    assert set(routes()) == {row.route for row in TABLE}


def test_no_two_routes_share_a_name() -> None:
    assert len(routes()) == len(set(routes()))


ABSENT = [
    (row, method)
    for row in {row.route: row for row in TABLE}.values()
    for method in sorted(METHODS - {other.method for other in TABLE if other.route == row.route})
]


@pytest.mark.parametrize(("row", "method"), ABSENT, ids=lambda one: getattr(one, "route", one))
def test_a_method_that_is_not_listed_is_refused(world: World, row: Row, method: str) -> None:
    for visitor in ("applicant", "preparer"):
        assert sign(world.ask(visitor, method, address(world, row))) == "405"


# ── what the decisions say, held against the table itself ──────────────────────────────────────────


def test_nobody_reads_a_draft_but_its_applicant() -> None:
    for row in TABLE:
        if row.subject.split(",")[0] == "draft":
            others = {sign for visitor, sign in row.signs.items() if visitor != "applicant"}
            assert others <= CLOSED, row.label


def test_another_district_never() -> None:
    for row in TABLE:
        if row.subject.split(",")[0] in OF_HOME:
            assert {row.signs["abroad"], row.signs["abroad-finance"]} <= CLOSED, row.label


def test_finance_reads_reports_and_no_application() -> None:
    for row in TABLE:
        if row.subject.split(",")[0] in {*OF_HOME} - {"sent", "in-hand"}:
            assert {row.signs["finance"], row.signs["city-finance"]} <= CLOSED, row.label
    read = {row.label: row.signs for row in TABLE if row.method == "GET" and row.route == "report"}
    assert read["GET report in-hand"]["finance"] == "+"
    assert read["GET report in-hand"]["city-finance"] == "-"


def test_an_auditor_reads_what_was_handed_in_and_changes_nothing() -> None:
    for row in TABLE:
        reads = row.method == "GET" and row.signs.get("preparer") == "+" and row.route not in NOT_TO_READ
        if reads:
            assert row.signs["auditor"] == "+", row.label
        if row.method == "POST" and row.signs.get("preparer") == ">" and row.route not in OWN:
            assert row.signs["auditor"] == "-", row.label


def test_the_city_reads_what_was_reported() -> None:
    """Before that, an application is the district's alone."""
    for row in TABLE:
        if row.subject.split(",")[0] in IN_HAND:
            assert row.signs["city"] in CLOSED, row.label


# What is one's own, whoever one is; and pages that are nothing but work.
OWN = {
    "account_login", "account_logout", "theme", "language", "view_save", "export_ask", "hand_over_ask",
    "stand_in_end", "case_read",
}  # fmt: skip
# An export is of whoever asked for it, or of an office; so is what an office sends by mail. What was answered
# from outside stands on every application's own page, which auditors read.
NOT_TO_READ = {
    "decisions", "window", "ranking_basis", "export", "outbox", "circular", "outside_checks", "outside_check",
    "answer_sheet", "answer_sheet_refused", "answer_sheet_proof", "wordings", "wording",
}  # fmt: skip
