"""Every page of applicants, accounts and the public: at 200 %, on a phone, to an assistive program."""

import pytest
from tests.web.matrix.table import Row
from tests.web.pages.looking import faults
from tests.web.pages.served import Site, doors

pytestmark = [pytest.mark.journey, pytest.mark.django_db, pytest.mark.xdist_group("pages")]


@pytest.mark.parametrize(
    ("visitor", "row"), doors(), ids=[f"{row.route} {row.subject}" for _visitor, row in doors()]
)
def test_it_holds(site: Site, axe, visitor: str, row: Row) -> None:
    page = site.page(visitor)
    answer = page.goto(site.at(row.route, row.subject))
    assert answer is not None
    assert answer.status == 200
    found = faults(page, axe)
    assert not found, "\n".join(found)
