"""Statistics: what is counted of whom, medians to the rank, and nothing for the public that tells of one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.ground import make_ground
from tests.results.counting import announced, contract, spending, steps
from tests.reviews.crowd import crowd

from xingyun.applications.models import Application
from xingyun.applications.states import State
from xingyun.jobs.models import Job
from xingyun.jobs.registry import discover
from xingyun.jobs.worker import Worker
from xingyun.results import actions
from xingyun.results.models import Statistics
from xingyun.results.queries import funnel, kept, kept_for_all
from xingyun.results.queries.statistics import awarded, counted, to_count
from xingyun.results.queries.statistics.tally import percentile

pytestmark = pytest.mark.django_db
WAN = 1_000_000


@pytest.fixture
def ground(db, now):
    return make_ground(now)


def figures(ground, key=None):
    office = ground.authority(key) if key else None
    actions.count_statistics(round=ground.round, now=ground.now)
    return kept(ground.round, office).figures


def test_states_levels_and_places(ground):
    crowd(ground, "licheng", 3, state=State.ACCEPTED, level="star-4")
    crowd(ground, "licheng", 2, state=State.DRAFT)
    crowd(ground, "lixia", 1, state=State.WITHDRAWN)
    crowd(ground, "lixia", 4, state=State.SUBMITTED)
    licheng, lixia = (ground.authority(key).pk for key in ("licheng", "lixia"))
    whole = figures(ground)
    assert whole["states"] == {"accepted": 3, "draft": 2, "withdrawn": 1, "submitted": 4}
    assert sorted(whole["levels"]) == sorted([[licheng, "star-4", 3], [lixia, "star-3", 4]])
    assert {name: n for name, n, _width in funnel(whole["states"])} == {
        "begun": 10,
        "submitted": 8,
        "accepted": 3,
        "reported": 0,
        "proposed": 0,
    }


def test_an_authority_has_its_own_with_all_below_it_and_no_more(ground):
    crowd(ground, "licheng", 3)
    crowd(ground, "lixia", 2)
    assert figures(ground, "licheng")["states"] == {"accepted": 3}
    assert figures(ground, "lixia")["states"] == {"accepted": 2}
    assert figures(ground, "city")["states"] == figures(ground)["states"] == {"accepted": 5}
    assert figures(ground, "zhangqiu") == {}, "nothing of others where there is nothing of its own"


def test_industries_by_section_and_each_kind_of_cloud(ground):
    spending(ground, "licheng", "star-3", [1, 2], industry="3911", deployments="public,private")
    spending(ground, "lixia", "star-3", [1], industry="0111")
    spending(ground, "lixia", "star-3", [1], industry="")
    whole = figures(ground)
    assert whole["industries"] == {"C": 2, "A": 1, "": 1}
    assert whole["deployments"] == {"public": 4, "private": 2}


def test_sums_to_the_fen_and_medians_to_a_thousand_yuan(ground):
    three = spending(ground, "licheng", "star-3", [10, 20, 90])
    spending(ground, "lixia", "star-4", [400, 500])
    Application.objects.filter(pk=three[0].pk).update(spend_fen=10 * WAN + 7)
    assert figures(ground)["spend"] == [
        ["", 5, 1020 * WAN + 7, 90 * WAN],
        ["star-3", 3, 120 * WAN + 7, 20 * WAN],
        ["star-4", 2, 900 * WAN, 400 * WAN],
    ]


def test_percentiles_by_rank():
    assert [percentile(dict.fromkeys(range(1, 11), 1), share) for share in (50, 90, 100)] == [5, 9, 10]
    assert percentile({3: 1, 7: 2}, 50) == 7
    assert percentile({}, 50) == 0


def test_providers_by_contracts_with_the_others_in_one_line(ground):
    one, two = crowd(ground, "licheng", 2)
    (draft,) = crowd(ground, "licheng", 1, state=State.DRAFT)
    for application, wan in ((one, 5), (one, 6), (two, 7)):
        contract(application, "泉畔云数据", wan)
    for n in range(16):
        contract(two, f"云{n:02d}", n + 1)
    contract(draft, "未提交的不算", 1)
    lines = figures(ground)["providers"]
    assert lines[0] == ["泉畔云数据", 3, 18 * WAN]
    assert lines[1] == ["云15", 1, 16 * WAN], "of as many contracts the larger sum comes first"
    assert lines[-1] == ["", 2, 3 * WAN]
    assert len(lines) == 16


def test_days_that_a_step_takes_and_first_submissions_by_day(ground):
    three = crowd(ground, "licheng", 3)
    for application, hours in zip(three, (24, 48, 240), strict=True):
        steps(application, 10, hours)
    whole = figures(ground)
    assert whole["stages"] == [["draft", 3, 10, 10], ["submitted", 3, 48, 240]]
    assert whole["days"] == [["2020-10-12", 3]], (
        "what waits still has no length; 09:00 and ten hours is the same day"
    )


def test_a_day_is_the_citys_day(ground):
    (application,) = crowd(ground, "licheng", 1)
    steps(application, 16)
    assert figures(ground)["days"] == [["2020-10-13", 1]]


def test_the_job_counts_what_runs_and_what_ended_since(ground, at):
    crowd(ground, "licheng", 2)
    assert kept(ground.round, None) is None
    Job.objects.create(
        kind="results.statistics", key="t", run_after=ground.now, created_at=ground.now, payload={}
    )
    Worker(discover()).drain()
    found = kept(ground.round, None)
    assert (found.figures["states"], found.counted_at) == ({"accepted": 2}, ground.now)
    assert list(to_count()) == [ground.round]
    from xingyun.rounds import actions as rounds

    later = at("2020-12-01 10:00")
    rounds.close_round(round=ground.round, actor=ground.actor("city"), now=later)
    assert list(to_count()) == [ground.round], "once more after the end"
    actions.count_statistics(round=ground.round, now=at("2020-12-01 10:10"))
    assert list(to_count()) == []


def test_counted_twice_there_is_one_row_for_each(ground):
    crowd(ground, "licheng", 1)
    for _again in range(2):
        actions.count_statistics(round=ground.round, now=ground.now)
    assert Statistics.objects.count() == 4, "of the office, of the one above, of all, and for the public"


def test_as_many_questions_whatever_there_is(ground):
    def asked():
        with CaptureQueriesContext(connection) as seen:
            counted(ground.round)
        with CaptureQueriesContext(connection) as one:
            kept(ground.round, ground.authority("licheng"))
        return len(seen), len(one) - 1

    crowd(ground, "licheng", 2)
    few = asked()
    for key in ("licheng", "lixia", "zhangqiu"):
        crowd(ground, key, 50)
    assert asked() == few == (8, 1)


def test_the_public_knows_nothing_before_the_announcement(ground):
    spending(ground, "licheng", "star-3", [1, 2, 3, 4])
    assert awarded(ground.round) == {"levels": [], "industries": {}, "deployments": {}, "spend": []}
    actions.count_statistics(round=ground.round, now=ground.now)
    assert kept_for_all(ground.round).figures["levels"] == []


def test_a_sum_of_fewer_than_three_is_nobodys_to_see(ground):
    four = spending(ground, "licheng", "star-3", [10, 20, 30, 40])
    two = spending(ground, "lixia", "star-4", [500, 600])
    announced(ground, [*four, *two])
    public = awarded(ground.round)
    assert public["spend"] == [["star-3", 4, 100 * WAN]]
    assert sorted(public["levels"]) == sorted(
        [[ground.authority("licheng").pk, "star-3", 4], [ground.authority("lixia").pk, "star-4", 2]]
    )
    said = str(public)
    assert "1100" not in said, "nor can it be reckoned from a sum of all"
    assert four[0].enterprise.name not in said


def test_a_later_announcement_does_not_tell_what_one_more_spends(ground):
    announced(ground, spending(ground, "licheng", "star-3", [10, 20, 30]))
    before = awarded(ground.round)["spend"]
    announced(ground, spending(ground, "lixia", "star-3", [777]))
    after = awarded(ground.round)
    assert after["spend"] == before == [["star-3", 3, 60 * WAN]]
    assert sum(n for *_place, n in after["levels"]) == 4


def test_a_revoked_title_is_not_counted_and_its_spending_not_told(ground):
    from xingyun.registry.models import Title

    made = spending(ground, "licheng", "star-3", [10, 20, 30])
    announced(ground, made)
    Title.objects.filter(enterprise=made[0].enterprise).update(revoked_at=ground.now)
    public = awarded(ground.round)
    assert sum(n for *_place, n in public["levels"]) == 2
    assert public["spend"] == [["star-3", 3, 60 * WAN]], "else the difference would be its own"


def test_an_announcement_has_the_round_counted(evaluated, at):
    notice = evaluated.publish()
    actions.announce(notice=notice, actor=evaluated.city.actor(), now=at("2020-10-17 00:00:00"))
    asked = Job.objects.get(kind="results.statistics")
    assert asked.payload == {"round": evaluated.ground.round.pk}
    Worker(discover()).drain()
    public = kept_for_all(evaluated.ground.round).figures
    assert sum(n for *_place, n in public["levels"]) == 3
