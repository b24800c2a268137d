"""A province carried through from its rulebook alone: uneven tiers, direct entry, payments, two batches."""

import io
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from tests.factories.applications import Made, bind, make_application
from tests.factories.ground import Ground, make_ground
from tests.reviews.office import Office, fresh

from xingyun.applications import actions as applications
from xingyun.applications import queries
from xingyun.applications.actions import Incomplete
from xingyun.applications.states import State
from xingyun.audit.errors import Refused
from xingyun.evidence.actions import ContractData, PaymentData
from xingyun.evidence.queries import payments
from xingyun.registry.actions import grant_title
from xingyun.registry.actors import SYSTEM
from xingyun.registry.models import Title
from xingyun.results import actions as results
from xingyun.reviews import queries as reviews
from xingyun.reviews.states import Found
from xingyun.rounds.models import QuotaLine, Window
from xingyun.rounds.queries import window
from xingyun.rulebook import command
from xingyun.rulebook.engine.samples import draw

pytestmark = pytest.mark.django_db
CANGYU = Path(__file__).parents[1] / "rulebooks" / "cangyu-2023"
SPRING, AUTUMN = "2023-04-03 09:00", "2023-09-04 09:00"


@pytest.fixture
def ground(db: None, at) -> Ground:
    """The round of 2023, open; nobody had to set a window."""
    return make_ground(at(SPRING), folder=CANGYU)


@pytest.fixture
def offices(ground: Ground) -> dict[str, Office]:
    """County, its city, the county under the province's own hand, the province."""
    return {key: Office(ground, key, ground.now) for key in ("wangchao", "lingang", "gudao", "cangyu")}


def acts(made: Made) -> list[tuple[str, str]]:
    """What the office that has it has to decide."""
    return [(act.level, act.kind) for act in reviews.pending_acts(fresh(made))]


def paid(made: Made, day: date, fen: int, now: datetime) -> None:
    """This one payment instead of all that are there."""
    given = {"application": made.application, "actor": made.actor, "now": now}
    (first,) = payments(made.application.dossier)
    data = PaymentData(number="1", paid_on=day, amount_fen=fen)
    applications.change_payment(payment=first, data=data, **given)
    made.application.refresh_from_db()


def hand_in(made: Made, now: datetime) -> None:
    """Bind and submit."""
    bind(made, now=now)
    applications.submit(application=made.application, actor=made.actor, now=now)


def blocking(made: Made, now: datetime) -> list[str]:
    """The rules that stand in the way, the book aside."""
    found = queries.verdict(made.fresh(), now).blocking
    return [f.rule for f in found if f.rule != "material.book"]


def test_the_window_of_the_whole_year_is_the_rulebooks_own(ground: Ground) -> None:
    found = window(ground.round, ground.authority("gudao"), "rolling")
    assert (found.opens.isoformat(), found.closes.isoformat()) == (
        "2022-12-31T16:00:00+00:00",
        "2023-12-31T16:00:00+00:00",
    )
    assert Window.objects.get().set_by is None


def test_level_four_is_entered_directly_and_goes_by_county_city_and_province(offices) -> None:
    county, city, province = (offices[key] for key in ("wangchao", "lingang", "cangyu"))
    made = county.accepted("mark-4")
    assert acts(made) == [("mark-4", "recommend")]
    county.decide(made, "mark-4", "recommend")
    city.receive(county.sent())
    assert acts(made) == [("mark-4", "recommend")]
    city.decide(made, "mark-4", "recommend")
    province.receive(city.sent())
    assert acts(made) == [("mark-4", "decide")]
    province.look_up(made)
    province.decide(made, "mark-4", "decide")
    assert reviews.standing(fresh(made)).award.level == "mark-4"


def test_a_county_under_the_province_reports_straight_to_it(offices) -> None:
    county, province = offices["gudao"], offices["cangyu"]
    made = county.accepted("mark-4")
    county.decide(made, "mark-4", "recommend")
    report = county.sent()
    assert report.recipient.key == "cangyu"
    province.receive(report)
    assert (fresh(made).holder.key, acts(made)) == ("cangyu", [("mark-4", "decide")])


def test_places_are_each_countys_own(offices) -> None:
    small = offices["gudao"]
    first, second = small.accepted("mark-3"), small.accepted("mark-3")
    small.decide(first, "mark-3", "decide")
    with pytest.raises(Refused, match="名额已满"):
        small.prepare(second, "mark-3", "decide")
    caps = dict(QuotaLine.objects.filter(group="county-three").values_list("authority__key", "cap"))
    assert caps == {"wangchao": 3, "shiwan": 2, "gudao": 1}


@pytest.mark.parametrize(
    ("day", "yuan", "stops"),
    [
        (date(2022, 7, 2), 200_000, []),
        (date(2022, 7, 1), 200_000, ["condition.paid"]),
        (date(2023, 4, 3), 200_000, []),
    ],
)
def test_what_was_paid_counts_from_the_day_after_the_first_until_the_submission(
    ground: Ground, day: date, yuan: int, stops: list[str]
) -> None:
    made = make_application(ground, level="mark-4", authority="wangchao")
    paid(made, day, yuan * 100, ground.now)
    told = [f for f in queries.verdict(made.fresh(), ground.now).findings if f.rule == "condition.paid"]
    assert [f.rule for f in told if f.kind in ("obstacle", "judge")] == stops


def test_who_paid_too_little_can_submit_and_the_list_decides(ground: Ground, offices) -> None:
    made = make_application(ground, level="mark-3", authority="wangchao")
    paid(made, date(2023, 1, 15), 49_999_99, ground.now)
    assert blocking(made, ground.now) == []
    hand_in(made, ground.now)
    county = offices["wangchao"]
    county.accept(made)

    def said() -> list[str]:
        seen = reviews.desk(county.actor(), made.application.uid).workspace.verdict
        return [f.kind for f in seen.findings if f.rule == "condition.paid"]

    assert said() == ["judge"]
    county.look_up(made, Found.LISTED, only="list--specialists")
    assert said() == ["ok"]
    county.look_up(made, Found.CLEAR, only="list--specialists")
    assert said() == ["obstacle"]


def test_use_of_less_than_three_months_stops(ground: Ground) -> None:
    made = make_application(ground, level="mark-3", authority="wangchao")
    contract = queries.workspace(made.fresh(), ground.now).ledger.contracts[0]
    for start, stops in ((date(2023, 1, 1), []), (date(2023, 1, 2), ["condition.in-use"])):
        names = ContractData.__dataclass_fields__
        data = ContractData(**{name: getattr(contract, name) for name in names})
        applications.change_contract(
            application=made.application,
            contract=contract,
            data=replace(data, starts_on=start),
            actor=made.actor,
            now=ground.now,
        )
        made.application.refresh_from_db()
        assert blocking(made, ground.now) == stops


def held(made: Made, ground: Ground) -> None:
    """Level four, won the year before."""
    level = ground.book.level("mark-4")
    grant_title(
        enterprise=made.enterprise, programme=ground.book.key, level=level.key, rank=level.rank, year=2022,
        valid_from=date(2022, 12, 1), valid_to=date(2025, 12, 1), serial="沧标-2022-0001",
        actor=SYSTEM, now=ground.now,
    )  # fmt: skip


def test_level_five_asks_for_a_title_of_level_four_won_before(ground: Ground, offices) -> None:
    with pytest.raises(Incomplete):
        make_application(ground, state="submitted", level="mark-5", authority="wangchao")
    made = make_application(ground, level="mark-5", authority="wangchao")
    assert blocking(made, ground.now) == ["ladder.mark-5"]
    held(made, ground)
    assert blocking(made, ground.now) == []


def test_each_batch_has_its_places_its_report_and_its_notice(ground: Ground, offices, at) -> None:
    county, province = offices["gudao"], offices["cangyu"]
    first = [county.accepted("mark-4") for _n in range(3)]
    for made in first[:2]:
        county.decide(made, "mark-4", "recommend")
    with pytest.raises(Refused, match="名额已满"):
        county.prepare(first[2], "mark-4", "recommend")
    county.decide(first[2], "mark-4", "recommend", "no_place", "名额用完")
    award(province, county, first[:2], at("2023-07-10 09:00"), at("2023-07-25 09:00"))
    assert fresh(first[2]).state == State.NOT_AWARDED

    county.now = at(AUTUMN)
    later = county.accepted("mark-4")
    assert [fresh(made).batch for made in (first[0], later)] == ["h1", "h2"]
    county.decide(later, "mark-4", "recommend")
    award(province, county, [later], at("2024-01-10 09:00"), at("2024-01-25 09:00"))
    titles = Title.objects.order_by("id")
    assert [(t.level, t.last_day) for t in titles] == [
        ("mark-4", date(2026, 7, 24)),
        ("mark-4", date(2026, 7, 24)),
        ("mark-4", date(2027, 1, 24)),
    ]


def award(province: Office, county: Office, made: list[Made], published: datetime, done: datetime) -> None:
    """Report, decide, publish, announce."""
    county.now = province.now = published
    province.receive(county.sent())
    for one in made:
        province.look_up(one)
        province.decide(one, "mark-4", "decide")
    notice = results.publish_notice(
        round=province.ground.round, authority=province.authority, actor=province.actor(), now=published
    )
    results.announce(notice=notice, actor=province.actor(), now=done, number=f"沧工信〔{done.year}〕9号")
    assert {fresh(one).state for one in made} == {State.AWARDED}


def test_a_correction_after_the_batch_stays_in_it(ground: Ground, at) -> None:
    walked = make_application(
        ground, state="returned", level="mark-4", authority="gudao", now=at("2023-06-29 09:00")
    )
    walked.application.refresh_from_db()
    applications.submit(application=walked.application, actor=walked.actor, now=at("2023-07-03 09:00"))
    assert fresh(walked).batch == "h1"


def test_the_worked_cases_hold_and_show_every_rule_from_both_sides() -> None:
    out = io.StringIO()
    assert command.main(["test", "--lang", "en", str(CANGYU)], out) == 0
    assert "only" not in out.getvalue()
    assert "no case" not in out.getvalue()


def test_who_holds_level_four_can_not_apply_for_it_again(ground: Ground) -> None:
    made = make_application(ground, level="mark-4", authority="wangchao")
    held(made, ground)
    assert blocking(made, ground.now) == ["held.mark-4"]


def test_visits_are_drawn_from_the_proposed_by_a_published_seed(ground: Ground) -> None:
    (rule,) = ground.book.samples
    numbers = tuple(f"CY-{n:03d}" for n in range(11))
    drawn = draw(rule, numbers, seed="2023-07-01 开奖号 3 9 21")
    assert len(drawn) == 2
    assert drawn == draw(rule, tuple(reversed(numbers)), seed="2023-07-01 开奖号 3 9 21")
    assert drawn != draw(rule, numbers, seed="2023-07-02 开奖号 3 9 21")


@pytest.mark.parametrize(("when", "said"), [("2023-07-03 09:00", "9月1日"), ("2023-09-01 00:00", "")])
def test_between_two_batches_nobody_hands_in(db: None, at, tmp_path: Path, when: str, said: str) -> None:
    for file in CANGYU.glob("*.toml"):
        text = file.read_text("utf-8").replace('key = "h2"', 'key = "h2", opens = 2023-09-01')
        (tmp_path / file.name).write_text(text, "utf-8")
    ground = make_ground(at(when), folder=tmp_path)
    if not said:
        made = make_application(ground, state="submitted", level="mark-4", authority="gudao")
        assert fresh(made).batch == "h2"
        return
    made = make_application(ground, level="mark-4", authority="gudao")
    assert queries.workspace(made.fresh(), ground.now).window.opens.isoformat() == "2023-09-01T00:00:00+08:00"
    with pytest.raises(Refused, match=said):
        hand_in(made, ground.now)
