"""The proposed list: the highest level granted to each, a period counted in working days."""

import pytest
from tests.factories.ground import make_ground
from tests.reviews.office import Office, fresh

from xingyun.applications.models import StateChange
from xingyun.applications.states import State
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.messages.models import Message
from xingyun.papers.queries import papers
from xingyun.registry.states import Role
from xingyun.results import actions, queries
from xingyun.results.models import Notice, NoticeLine
from xingyun.reviews import actions as reviews
from xingyun.reviews.queries import pending_acts
from xingyun.reviews.states import Outcome
from xingyun.rounds.models import QuotaLine

pytestmark = pytest.mark.django_db


def test_whom_the_city_refuses_keeps_three_stars(evaluated):
    notice = evaluated.publish()
    lines = {line.application_id: line.level for line in NoticeLine.objects.filter(notice=notice)}
    assert lines == {
        evaluated.four.application.pk: "star-4",
        evaluated.kept.application.pk: "star-3",
        evaluated.three.application.pk: "star-3",
    }
    assert {fresh(m).state for m in (evaluated.four, evaluated.kept, evaluated.three)} == {State.PROPOSED}


def test_the_city_never_decides_three_stars_again(evaluated):
    assert pending_acts(fresh(evaluated.three)) == ()
    with pytest.raises(Refused, match="不由本单位"):
        evaluated.city.prepare(evaluated.three, "star-3", "decide", Outcome.DECLINED)


def test_nothing_is_published_while_anything_is_undecided(evaluated):
    late = evaluated.district.accepted("star-4")
    evaluated.district.decide(late, "star-3", "decide")
    evaluated.district.decide(late, "star-4", "recommend")
    evaluated.city.receive(evaluated.district.sent())
    with pytest.raises(Refused, match="1 份申请没有评定"):
        evaluated.publish()
    decision = evaluated.city.prepare(late, "star-4", "decide", Outcome.DECLINED)
    with pytest.raises(Refused, match="没有签发"):
        evaluated.publish()
    evaluated.city.finish(decision)
    assert NoticeLine.objects.filter(notice=evaluated.publish()).count() == 4


def test_who_has_nothing_granted_ends_with_the_reason(now):
    ground = make_ground(now, rosters={"licheng": 200})
    district, city = Office(ground, "licheng", now), Office(ground, "city", now)
    holder = district.accepted("star-4")
    from xingyun.registry.actions import grant_title
    from xingyun.registry.actors import SYSTEM

    grant_title(
        enterprise=holder.enterprise,
        programme=ground.book.key,
        level="star-3",
        rank=3,
        year=2019,
        valid_from=now.date().replace(year=2019),
        valid_to=None,
        serial="old-1",
        actor=SYSTEM,
        now=now,
    )
    other = district.accepted("star-3")
    district.decide(holder, "star-4", "recommend")
    district.decide(other, "star-3", "decide")
    city.receive(district.sent())
    city.decide(holder, "star-4", "decide", Outcome.DECLINED, "成效不明显")
    actions.publish_notice(round=ground.round, authority=city.authority, actor=city.actor(), now=now)
    assert fresh(holder).state == State.NOT_AWARDED
    assert "成效不明显" in StateChange.objects.filter(application=holder.application).latest("seq").reason
    assert Message.objects.filter(user_id=holder.actor.user_id, subject="申请未获认定").exists()


@pytest.mark.parametrize(
    ("published", "closes"),
    [
        ("2020-12-23 10:00", "2020-12-30 00:00"),  # as the bureau itself counted: 12-23 to 12-29
        ("2020-10-16 23:59", "2020-10-23 00:00"),
        ("2020-12-31 09:00", "2021-01-08 00:00"),  # over New Year's Day and a weekend
        ("2020-10-17 09:00", "2020-10-24 00:00"),  # published on a Saturday
    ],
)
def test_five_working_days_the_first_day_counted(evaluated, at, published, closes):
    evaluated.city.now = at(published)
    notice = evaluated.publish()
    assert notice.opens == at(published)
    assert notice.closes == at(closes)
    assert queries.open_notice(evaluated.ground.round, at(published)) == notice
    assert queries.open_notice(evaluated.ground.round, at(closes)) is None


def test_the_notice_is_a_paper_and_a_page_without_personal_data(evaluated):
    notice = evaluated.publish()
    assert papers(notice.stream, "public_notice").count() == 1
    page = queries.notice(notice.uid, evaluated.city.now)
    assert page.running
    assert [line.level for line in page.lines] == ["star-4", "star-3", "star-3"]


def test_only_the_tier_that_the_rulebook_names_publishes(evaluated):
    district, ground = evaluated.district, evaluated.ground
    with pytest.raises(Refused):
        actions.publish_notice(
            round=ground.round,
            authority=district.authority,
            actor=district.actor(),
            now=ground.now,
        )
    outsiders = [
        district.actor(),
        ground.actor("city", Role.AUDITOR),
        ground.actor("city", Role.COUNTERSIGNER),
        evaluated.four.actor,
    ]
    for actor in outsiders:
        with pytest.raises(NotAllowed):
            actions.publish_notice(
                round=ground.round, authority=evaluated.city.authority, actor=actor, now=ground.now
            )
    assert not Notice.objects.exists()


def test_disqualification_frees_the_places_and_needs_the_signatory(evaluated):
    evaluated.publish()
    three, city = fresh(evaluated.three), evaluated.city
    given = {"application": three, "reason": "发票系伪造", "clause": "四", "now": city.now}
    line = QuotaLine.objects.get(authority=evaluated.district.authority, group="district-three")
    before = line.used
    with pytest.raises(Refused):
        actions.disqualify(actor=city.actor(), **given)
    for actor in (evaluated.district.actor(Role.SIGNATORY), evaluated.three.actor):
        with pytest.raises(NotAllowed):
            actions.disqualify(actor=actor, **given)
    actions.disqualify(actor=city.actor(Role.SIGNATORY), **given)
    line.refresh_from_db()
    assert (line.used, fresh(evaluated.three).state) == (before - 1, State.DISQUALIFIED)
    assert evaluated.line(evaluated.three).struck_at == city.now


def test_a_report_that_came_later_makes_a_second_notice(evaluated):
    first = evaluated.publish()
    late = evaluated.district.accepted("star-3")
    evaluated.district.decide(late, "star-3", "decide")
    report = evaluated.district.sent()
    reviews.receive(report=report, actor=evaluated.city.actor(), now=evaluated.city.now)
    second = evaluated.publish()
    assert (first.seq, second.seq) == (1, 2)
    assert NoticeLine.objects.filter(notice=second).count() == 1
