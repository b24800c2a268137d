"""The middle of the desk: boxes of findings on the page, larger, turned, another page beside it."""

import re

import pytest
from tests.reviews.office import Office
from tests.reviews.test_doubts import handed_in, of
from tests.web.enterprise.parties import signed_in
from tests.web.officials.counting import queries

from xingyun.applications.models import Attachment
from xingyun.evidence.models import Finding
from xingyun.jobs.registry import discover
from xingyun.jobs.worker import Worker
from xingyun.web.officials.panes import _turned

pytestmark = pytest.mark.django_db
HERE = "?at=material:invoices"


@pytest.fixture
def pair(ground, now):
    """Two of different districts that have a file in common."""
    made = [handed_in(Office(ground, key, now)) for key in ("licheng", "lixia")]
    Worker(discover()).drain()
    return made


def boxed(made, box, *, page=1, times=1, slot="invoices"):
    file = (
        Attachment.objects.filter(application=made.application, material=slot, removed_at=None).first().file
    )
    return Finding.objects.bulk_create(
        Finding(
            dossier=made.application.dossier, check_key="dates", fingerprint=f"box{n}", file=file, page=page,
            box=box, zh=f"日期不对 {n}", en=f"wrong date {n}", clause="二、3", found_at=made.ground.now,
        )
        for n in range(times)
    )  # fmt: skip


def page(client, made, look=HERE):
    return client.get(f"/officials/applications/{made.application.uid}/{look}").content.decode()


def boxes(text):
    return [tuple(map(int, found)) for found in re.findall(
        r'<rect x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"', text)]  # fmt: skip


def test_a_finding_stands_where_it_is_and_beside_the_page(officer, pair):
    boxed(pair[0], [800, 100, 950, 120])
    text = page(officer, pair[0])
    high = int(re.search(r'class="marks" viewBox="0 0 1000 (\d+)"', text)[1])
    assert boxes(text) == [(800, high // 10, 150, 120 * high // 1000 - high // 10)]
    assert "1. 日期不对 0" in text
    assert "本页的疑点" in text
    assert re.search(r'findings/[^"]*#f-\d+">日期不对 0</a>', text)
    assert "style=" not in text.split('class="bed"')[1].split("</svg>")[0]


def test_another_page_has_none_of_it(officer, pair):
    boxed(pair[0], [0, 0, 9, 9], page=2)
    text = page(officer, pair[0])
    assert boxes(text) == []
    assert "日期不对" not in text


def test_larger_and_smaller_by_the_address_alone(officer, pair):
    text = page(officer, pair[0])
    assert 'data-key="="' in text
    assert 'data-key="-"' not in text
    larger = page(officer, pair[0], HERE + "&zoom=300")
    assert "z300" in larger
    assert "size=large" in larger
    assert 'data-key="="' not in larger
    for wrong in ("zoom=77", "zoom=x", "turn=-1", "page=99999999", "page=%EF%BC%92"):
        assert "z100" in page(officer, pair[0], f"{HERE}&{wrong}")


def test_boxes_turn_with_the_page(officer, pair):
    assert _turned((0, 0, 100, 200), 0, 1000) == (0, 0, 100, 200)
    assert _turned((0, 0, 100, 200), 1, 1000) == (800, 0, 200, 100)
    assert _turned((0, 0, 100, 200), 2, 1000) == (900, 800, 100, 200)
    assert _turned((0, 0, 100, 200), 3, 1000) == (0, 900, 200, 100)
    boxed(pair[0], [0, 0, 100, 200])
    text = page(officer, pair[0], HERE + "&turn=1")
    assert "turn=1" in re.search(r'class="scan" src="([^"]+)"', text)[1]
    assert boxes(text)[0][0] == 800


def test_two_pages_side_by_side(officer, pair):
    text = page(officer, pair[0], HERE + "&beside=material:licence")
    assert text.count('class="scan"') == 2
    assert 'value="material:licence" selected' in text
    nothing = page(officer, pair[0], HERE + "&beside=material:nothing")
    assert "这一页看不了" in nothing
    assert nothing.count('class="scan"') == 1


def test_anothers_page_lies_beside_only_for_who_may_see_it(officer, pair, ground, now):
    same = of(pair[0]).get(check_key="same-file")
    slot = Attachment.objects.get(application=pair[0].application, file=same.file, removed_at=None).material
    look = f"?at=material:{slot}&page=1&beside=finding:{same.pk}"
    theirs = f"/officials/applications/{pair[1].application.uid}/files/"
    refused = page(officer, pair[0], look)
    assert "这一页看不了" in refused
    assert theirs not in refused
    assert "与另一家并排看" not in refused
    city = Office(ground, "city", now).actor("auditor")
    shown = page(signed_in(city), pair[0], look)
    assert theirs in shown
    assert pair[1].enterprise.name in shown


def test_how_many_findings_cost_no_more(officer, pair):
    same = of(pair[0]).get(check_key="same-file")
    address = f"/officials/applications/{pair[0].application.uid}/{HERE}&beside=finding:{same.pk}"
    boxed(pair[0], [1, 1, 9, 9])
    one = queries(officer, address)
    Finding.objects.filter(check_key="dates").delete()
    boxed(pair[0], [1, 1, 9, 9], times=40)
    assert queries(officer, address) == one
