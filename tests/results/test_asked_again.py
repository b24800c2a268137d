"""What the rulebook wants looked up once more: no announcement without a fresh answer, none over an entry."""

import shutil

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.ground import JINAN
from tests.results.conftest import evaluate
from tests.reviews.office import fresh

from xingyun.audit.errors import NotAllowed, Refused
from xingyun.registry.models import Title
from xingyun.results import actions, queries
from xingyun.results.queries.standing_lines import standing_lines
from xingyun.reviews.actions import LookUpData, record_look_up
from xingyun.reviews.models import LookUp
from xingyun.reviews.queries import asking, desk, repeating

pytestmark = pytest.mark.django_db
CREDIT, AFTER = "credit-record", "2020-10-17 09:00:00"


@pytest.fixture
def published(now, tmp_path):
    """The list on public notice; the credit record is to be looked up once more within three days."""
    folder = tmp_path / "book"
    shutil.copytree(JINAN, folder)
    text = (folder / "3-conditions.toml").read_text()
    at = text.index('checked_by = "district"', text.index(f'key = "{CREDIT}"'))
    (folder / "3-conditions.toml").write_text(text[:at] + "repeat_within_days = 3\n" + text[at:])
    made = evaluate(now, folder)
    made.notice = made.publish()
    return made


def announce(published, now):
    return actions.announce(notice=published.notice, actor=published.city.actor(), now=now)


def answer(published, made, now, found="clear", actor=None, condition=CREDIT):
    seen = LookUp.objects.filter(application=made.application, condition=condition).latest("id")
    return record_look_up(
        application=fresh(made),
        condition=condition,
        data=LookUpData(found=found, source="信用中国", looked_up_on=now.date(), remark="重查"),
        seen=seen.pk,
        actor=actor or published.city.actor(),
        now=now,
    )


def test_an_announcement_waits_for_fresh_answers(published, at):
    now = at(AFTER)
    task = asking.task(published.ground.book, "city", CREDIT)
    actor, round_ = published.city.actor(), published.ground.round
    assert asking.count(actor, round_, task, published.city.now.date()).waiting == 0
    assert asking.count(actor, round_, task, now.date()).waiting == 3
    # All three won at least three stars: the one whose fourth was declined keeps the third.
    names = [made.enterprise.name for made in (published.four, published.kept, published.three)]
    with pytest.raises(Refused, match="还没有新的答复") as refused:
        announce(published, now)
    assert all(name in refused.value.message for name in names)
    assert "公开信用记录" in refused.value.message
    assert refused.value.clause == "一、1"
    lines = standing_lines(published.notice)
    with CaptureQueriesContext(connection) as one:
        repeating.unasked(lines[:1], now.date())
    with CaptureQueriesContext(connection) as three:
        repeating.unasked(lines, now.date())
    assert len(one) == len(three) == 1
    assert not Title.objects.exists()
    assert len(queries.unasked(published.notice, now)) == 3
    with pytest.raises(NotAllowed):
        answer(published, published.four, now, actor=published.ground.actor("tianqiao"))
    with pytest.raises(Refused, match="核查登记"):  # not to be repeated: still the district's
        answer(published, published.four, now, condition="blacklist")
    found = desk(actor, published.four.application.uid).steps
    possible = {step.condition: step.possible for step in found}
    assert (possible[CREDIT], possible["blacklist"]) == (True, False)
    assert answer(published, published.four, now).authority.key == "city"
    answer(published, published.three, now, actor=published.district.actor())
    assert asking.count(actor, round_, task, now.date()).waiting == 1
    with pytest.raises(Refused) as refused:
        announce(published, now)
    assert [name in refused.value.message for name in names] == [False, True, False]
    answer(published, published.kept, now)
    announce(published, now)
    assert Title.objects.count() == 3


def test_an_entry_found_then_stands_in_the_way(published, at):
    now = at(AFTER)
    for made in (published.four, published.kept):
        answer(published, made, now)
    answer(published, published.three, now, "listed")
    with pytest.raises(Refused, match="查到记录") as refused:
        announce(published, now)
    assert published.three.enterprise.name in refused.value.message
    assert refused.value.clause == "一、1"
