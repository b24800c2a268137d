"""Three tiers with other keys, fixed and shared places, two people where the rulebook says two."""

from pathlib import Path

import pytest
from tests.factories.ground import make_ground
from tests.reviews.office import Office, fresh

from xingyun.applications.states import State
from xingyun.audit.errors import Refused
from xingyun.papers.queries import papers
from xingyun.registry.states import Role
from xingyun.reviews import actions
from xingyun.reviews.queries import pending_acts, ranking, standing
from xingyun.reviews.states import Outcome, ReportState
from xingyun.rounds.models import QuotaLine

pytestmark = pytest.mark.django_db
QINGLAN = Path(__file__).parents[1] / "rulebooks" / "qinglan-2022"


@pytest.fixture
def ground(db, at):
    """The made-up programme of 2022, open."""
    return make_ground(at("2022-03-01 09:00"), folder=QINGLAN)


@pytest.fixture
def offices(ground):
    """Town, county and province."""
    return tuple(Office(ground, key, ground.now) for key in ("taoyuan", "shuangxi", "qinglan"))


def used(office: Office, group: str) -> int:
    """The places of a line that are held now."""
    return QuotaLine.objects.get(authority=office.authority, group=group).used


def acts(made) -> list[tuple[str, str]]:
    """What its office has to decide."""
    return [(act.level, act.kind) for act in pending_acts(fresh(made))]


def test_gold_goes_from_town_to_county_to_province(offices):
    town, county, province = offices
    made = town.accepted("gold")
    assert acts(made) == [("bronze", "decide"), ("silver", "recommend"), ("gold", "recommend")]
    town.decide(made, "bronze", "decide")
    town.decide(made, "silver", "recommend")
    town.decide(made, "gold", "recommend")
    assert (used(town, "town-bronze"), used(town, "town-upward")) == (1, 2)
    first = town.sent()
    county.receive(first)
    assert (fresh(made).state, fresh(made).holder.key) == (State.EVALUATING, "shuangxi")
    assert acts(made) == [("silver", "decide"), ("gold", "recommend")]
    county.decide(made, "silver", "decide")
    county.decide(made, "gold", "recommend")
    assert used(county, "county-gold-1") == 1
    second = county.sent()
    assert second.recipient.key == "qinglan"
    province.receive(second)
    assert acts(made) == [("gold", "decide")]
    province.decide(made, "gold", "decide")
    stands = standing(fresh(made))
    assert stands.settled
    assert stands.award.level == "gold"


def test_the_county_that_refuses_silver_leaves_bronze_standing(offices):
    town, county, province = offices
    made = town.accepted("gold")
    for level, kind in acts(made):
        town.decide(made, level, kind)
    county.receive(town.sent())
    county.decide(made, "silver", "decide", Outcome.DECLINED, "得分不足")
    assert acts(made) == [], "without silver nothing is left to recommend"
    report = county.sent()
    assert fresh(made).state == State.REPORTED
    province.receive(report)
    assert acts(made) == []
    assert standing(fresh(made)).award.level == "bronze"


def test_what_a_tier_only_passes_on_is_on_its_report(offices):
    town, county, province = offices
    made = town.accepted("bronze")
    town.decide(made, "bronze", "decide")
    county.receive(town.sent())
    assert acts(made) == []
    report = county.sent()
    province.receive(report)
    assert fresh(made).holder.key == "qinglan"


def test_two_people_suffice_where_the_rulebook_says_so_and_are_still_two(offices):
    town, _county, _province = offices
    made = town.accepted("bronze")
    decision = town.prepare(made, "bronze", "decide")
    assert (decision.needs_review, decision.needs_minutes) == (False, False)
    with pytest.raises(Refused):
        actions.review(decision=decision, actor=town.actor(Role.REVIEWER), now=town.now)
    actions.sign(decision=decision, actor=town.actor(Role.SIGNATORY), now=town.now)
    assert standing(fresh(made)).settled


def test_a_tier_without_countersignature_sends_its_draft(offices):
    town, _county, _province = offices
    made = town.accepted("bronze")
    town.decide(made, "bronze", "decide")
    report = town.draft()
    with pytest.raises(Refused, match="不需要会签"):
        actions.countersign_online(report=report, actor=town.actor(Role.COUNTERSIGNER), now=town.now)
    actions.send_report(report=report, actor=town.actor(), now=town.now)
    assert report.state == ReportState.SENT


def test_a_deadline_that_excludes_its_day_ends_at_its_first_moment(offices, at):
    town, county, _province = offices
    made = town.accepted("bronze")
    town.decide(made, "bronze", "decide")
    county.receive(town.sent())
    report = county.countersigned()
    with pytest.raises(Refused):
        actions.send_report(report=report, actor=county.actor(), now=at("2022-03-31 00:00:00"))
    actions.send_report(report=report, actor=county.actor(), now=at("2022-03-30 23:59:59"))


def test_the_top_tier_reports_to_nobody(offices, ground):
    province = offices[2]
    with pytest.raises(Refused, match="不需要上报"):
        actions.draft_report(
            round=ground.round, authority=province.authority, actor=province.actor(), now=province.now
        )


def test_a_middle_report_that_comes_back_is_in_the_middle_office_again(offices):
    town, county, province = offices
    made = town.accepted("silver")
    for level, kind in acts(made):
        town.decide(made, level, kind)
    county.receive(town.sent())
    county.decide(made, "silver", "decide")
    report = county.sent()
    actions.return_report(report=report, reason="补充会签", actor=province.actor(), now=province.now)
    assert fresh(made).holder.key == "shuangxi"
    again = county.sent()
    assert again.seq == 2
    province.receive(again)
    assert standing(fresh(made)).award.level == "silver"


def test_fixed_places_run_out_and_the_ranking_draws_the_line(offices, ground):
    town, _county, _province = offices
    files = [town.accepted("bronze") for _n in range(4)]
    rows = ranking(town.authority, ground.round, "bronze", "decide").rows
    assert [row.inside for row in rows] == [True, True, True, False]
    for made in files[:3]:
        town.decide(made, "bronze", "decide")
    with pytest.raises(Refused, match="名额已满"):
        town.prepare(files[3], "bronze", "decide")


def test_papers_name_the_offices_of_their_own_tier(offices):
    town, _county, _province = offices
    town.decide(town.accepted("bronze"), "bronze", "decide")
    report = town.draft()
    assert papers(report.stream, "report").count() == 1
