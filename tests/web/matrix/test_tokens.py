"""Nothing is done for a form that did not come from one of the product's own pages."""

import pytest
from tests.web.matrix.forms import form_of
from tests.web.matrix.table import Row, address, rows
from tests.web.matrix.test_doors import written
from tests.web.matrix.world import World, untouched

pytestmark = pytest.mark.django_db
READING = {"GET", "HEAD"}
DONE = ">"
# One of each route and method, for whom it does something if for anybody.
WRITING = {
    (row.method, row.route): row
    for row in sorted(rows(), key=lambda row: DONE in row.signs.values())
    if row.method not in READING
}


@pytest.mark.parametrize("row", WRITING.values(), ids=lambda row: row.label)
def test_without_its_token_nothing_is_done(world: World, row: Row) -> None:
    visitor = next((visitor for visitor, sign in row.signs.items() if sign == DONE), next(iter(row.signs)))
    client = world.client(visitor)
    client.handler.enforce_csrf_checks = True
    with untouched():
        given = form_of(world, row.route)
        with written() as statements:
            answer = getattr(client, row.method.lower())(address(world, row), **given)
    assert answer.status_code == 403
    assert not statements
