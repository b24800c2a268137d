"""What stands alike is counted together, and nothing that stands differently is."""

from collections import Counter
from datetime import timedelta

import pytest
from tests.reviews.crowd import crowd

from xingyun.applications.models import Application
from xingyun.registry.models import Title
from xingyun.reviews.queries import standing
from xingyun.reviews.queries.alike import alike
from xingyun.reviews.states import AT_WORK, Outcome

pytestmark = pytest.mark.django_db


def at_work():
    """Everything that an office has in hand."""
    return Application.objects.filter(state__in=AT_WORK)


def told(one):
    """What matters of a standing to whoever counts."""
    return one.application.holder.key, bool(one.pending), one.settled


def one_by_one():
    """The same, from each application's own standing."""
    return Counter(told(standing(a)) for a in at_work().select_related("holder", "authority", "edition"))


def together():
    """The same, as they are counted."""
    found = Counter()
    for some in alike(at_work()):
        found[told(some.standing)] += some.count
    return found


def test_as_each_stands_by_itself(ground, district, city):
    crowd(ground, "licheng", 12, level="star-4")
    three, four, refused, begun, sent = (
        district.accepted(level) for level in ("star-3", "star-4", "star-3", "star-4", "star-4")
    )
    district.decide(sent, "star-3", "decide")
    district.decide(sent, "star-4", "recommend")
    city.receive(district.sent())
    district.decide(three, "star-3", "decide")
    district.decide(four, "star-3", "decide")
    district.decide(refused, "star-3", "decide", Outcome.DECLINED)
    district.prepare(begun, "star-3", "decide", Outcome.DECLINED)
    assert together() == one_by_one()
    # Undecided, with one of two decided; not signed; all decided; at the city.
    assert together() == {
        ("licheng", True, False): 13,
        ("licheng", False, False): 1,
        ("licheng", False, True): 2,
        ("city", True, False): 1,
    }


def test_a_title_sets_apart(ground, district):
    held, _other = district.accepted("star-4"), district.accepted("star-4")
    day = district.now.date() - timedelta(days=100)
    Title.objects.create(
        enterprise=held.application.enterprise,
        programme=ground.book.key,
        level="star-3",
        rank=3,
        year=day.year,
        valid_from=day,
        serial="LC-3-0001",
    )
    assert sorted(len(some.standing.path) for some in alike(at_work())) == [2, 3]
    assert [some.count for some in alike(at_work())] == [1, 1]


def test_the_oldest_of_those_alike(ground, district):
    made = [district.accepted("star-3") for _ in range(3)]
    first = district.now - timedelta(days=9)
    Application.objects.filter(pk=made[1].application.pk).update(submitted_at=first)
    (some,) = alike(at_work())
    assert (some.count, some.since) == (3, first)
