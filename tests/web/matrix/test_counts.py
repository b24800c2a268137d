"""Every page asks the database as often with a thousand rows as with ten, whoever reads it."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web.matrix.grow import grow
from tests.web.matrix.table import Row, address, rows
from tests.web.matrix.world import World

from xingyun.web.frame import FRAME, Frame

# A thousand rows of everything are made once, so all tests of this file go to one process.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("counts")]
READERS = ("nobody", "applicant", "preparer", "city", "auditor")
# The dearest pages, the city's overview and an office's desk with decisions, returns, findings, arrivals and
# report in view, ask 34 times; one that goes beyond this is looked at first.
MOST = 34
# Files are not pages; these few ask for health or for signing in, or show one row alone.
FILES = ("_paper", "_file", "_download", "_page", "_print", "_bound", "announcement", "certificate")
ASIDE = ("health", "industries", "job", "account_", "desk_paper_page")
PAGES = [
    (row, visitor)
    for row in rows()
    for visitor in READERS
    if row.method == "GET" and row.signs.get(visitor) == "+"
    and not row.route.endswith(FILES) and not row.route.startswith(ASIDE)
]  # fmt: skip
Costs = dict[tuple[str, str], tuple[int, list[str]]]


@pytest.fixture(scope="module")
def costs(world: World) -> Iterator[tuple[Costs, Costs]]:
    """The queries of every page with ten rows and with a thousand."""
    # However slow the machine, the frame is not asked for again in the midst of a page.
    before, FRAME.fresh_for = FRAME.fresh_for, float("inf")
    grow(world, 10)
    for row, visitor in PAGES:
        cost(world, row, visitor)  # what a process keeps is asked for once
    few = {(row.label, visitor): cost(world, row, visitor) for row, visitor in PAGES}
    grow(world, 990)
    many = {(row.label, visitor): cost(world, row, visitor) for row, visitor in PAGES}
    yield few, many
    FRAME.fresh_for = before


def cost(world: World, row: Row, visitor: str) -> tuple[int, list[str]]:
    """How often the page asks, and what; the statements tell what went wrong."""
    FRAME.hold(Frame())
    # The log forgets its first lines once it is full, and then nothing seems to be asked.
    connection.queries_log.clear()
    client, here = world.client(visitor), address(world, row)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(here).status_code == 200, row.label
    return len(seen), [query["sql"][:300] for query in seen.captured_queries]


@pytest.mark.parametrize(("row", "visitor"), PAGES, ids=lambda one: getattr(one, "label", one))
def test_a_page_costs_the_same(costs: tuple[Costs, Costs], row: Row, visitor: str) -> None:
    (few, _said), (many, said) = (counted[row.label, visitor] for counted in costs)
    assert many == few, "\n".join(said)
    assert many <= MOST, "\n".join(said)
