"""Two programmes in one installation: every page says which one it is about; neither disturbs the other."""

import re

import pytest
from django.urls import reverse
from tests.factories.applications import make_application
from tests.factories.ground import Ground, make_beside, make_ground
from tests.reviews.office import Office
from tests.web.enterprise.parties import Party, make_party, signed_in
from tests.web.officials.counting import queries

from xingyun.applications.models import Application
from xingyun.web.frame import FRAME, read

pytestmark = pytest.mark.django_db
HOME = "licheng"


@pytest.fixture
def first(db, now) -> Ground:
    return make_ground(now, rosters={HOME: 400})


@pytest.fixture
def second(first) -> Ground:
    """The other programme, opened a moment later; the frame knows of both."""
    made = make_beside(first)
    FRAME.hold(read())
    return made


@pytest.fixture
def party(first) -> Party:
    return make_party(first)


def page(client, address, **query):
    answer = client.get(address, query)
    assert answer.status_code == 200, address
    return answer.content.decode()


def content(text: str) -> str:
    """What stands between header and footer."""
    return text.split("<main")[1].split("</main>")[0]


def about(ground: Ground) -> dict[str, str]:
    return {"round": str(ground.round.uid)}


# ── the public ──────────────────────────────────────────────────────────────


def test_the_home_lists_what_is_open_with_its_deadline_first(client, first, second):
    text = page(client, "/")
    assert "2 个项目正在进行" in text
    for ground in (first, second):
        assert ground.book.programme.title in text
        assert reverse("programme_home", args=[ground.book.key]) in text
    assert text.index("<dl") < text.index("条件、时间和进展")
    assert text.count("10月19日 09:00") >= 2
    assert "一家企业要核对的 53 项业务，分 5 类" in text


@pytest.mark.parametrize("name", ["notice", "self_check", "results"])
def test_a_page_that_each_programme_has_asks_which_is_meant(client, first, second, name):
    text = page(client, reverse(name))
    for ground in (first, second):
        address = reverse(f"programme_{name}", args=[ground.book.key])
        assert address in text
        assert page(client, address)


@pytest.mark.parametrize("name", ["home", "notice", "self_check", "results", "contacts"])
def test_an_unknown_programme_is_not_there(client, first, second, name):
    assert client.get(reverse(f"programme_{name}", args=["nothing"])).status_code == 404


def test_clauses_lead_to_the_edition_of_the_page(client, first, second):
    for ground in (first, second):
        text = page(client, reverse("programme_home", args=[ground.book.key]))
        cited = set(re.findall(r'class="cl" href="([^"#]+)#', text))
        assert cited == {f"/notice/{ground.book.digest[:12]}/"}


def test_navigation_and_frame_stay_with_the_programme(client, first, second):
    text = page(client, reverse("programme_notice", args=[second.book.key]))
    assert reverse("programme_self_check", args=[second.book.key]) in text
    assert "济南市创新型中小企业申报评定" in text
    assert "规则书 innovative-sme" in text
    assert "规则书" not in page(client, "/")


def test_with_one_programme_everything_is_as_it_was(client, first):
    text = page(client, "/")
    assert "个项目正在进行" not in text
    assert "/programmes/" not in text
    again = page(client, reverse("programme_home", args=[first.book.key]))
    assert content(again) == content(text)


@pytest.mark.parametrize(("address", "cost"), [("/", 4), ("/notice/", 4), ("/results/", 5)])
def test_choosing_costs_the_same_however_many_windows_there_are(client, first, second, address, cost):
    assert queries(client, address) == cost
    for key in ("lixia", "shizhong", "licheng"):
        second.actor(key)
    assert queries(client, address) == cost


# ── the enterprise ──────────────────────────────────────────────────────────


def test_an_enterprise_begins_in_each_round_once(first, second, party):
    text = page(party.client, reverse("enterprise_home"))
    assert "新建星级上云企业申请" in text
    assert "新建创新型中小企业申请" in text
    for ground in (second, first):
        given = {"enterprise": str(party.enterprise.uid), **about(ground)}
        assert party.client.post(reverse("application_new"), given).status_code == 302
        assert party.client.post(reverse("application_new"), given).status_code == 422
    made = Application.objects.filter(enterprise=party.enterprise).order_by("id")
    assert [a.round_id for a in made] == [second.round.pk, first.round.pk]
    assert len({a.number for a in made}) == 2
    text = page(party.client, reverse("enterprise_home"))
    assert "新建" not in text
    assert "创新型中小企业" in text


def test_which_programme_must_be_said_where_there_are_two(first, second, party):
    given = {"enterprise": str(party.enterprise.uid)}
    assert party.client.post(reverse("application_new"), given).status_code == 422
    assert not Application.objects.exists()


def test_an_application_has_its_own_programmes_parts(first, second):
    made = make_application(second, complete=False)
    client = signed_in(made.actor)
    text = page(client, reverse("application_form", args=[made.application.uid, "innovation"]))
    assert "合同与发票" not in text
    assert "业务及应用表" not in text
    assert "评价得分" in text
    assert "2020年创新型中小企业申报" in text


def test_the_points_stand_item_by_item_with_their_clause(first, second):
    made = make_application(second)
    client = signed_in(made.actor)
    text = page(client, reverse("application_submit", args=[made.application.uid]))
    assert "90 分，满分 100" in text
    for words in ("创新能力", "不低于 20 分", "5%", "57.5%", "战略性新兴产业", "第七条"):
        assert words in text, words
    assert "上云支出" not in text


# ── the offices ─────────────────────────────────────────────────────────────


@pytest.fixture
def officer(first):
    return signed_in(first.actor(HOME))


@pytest.mark.parametrize("name", ["queue", "decisions", "minutes"])
def test_an_office_chooses_the_round_and_sees_that_one(first, second, officer, name):
    mine = make_application(first, state="submitted", authority=HOME)
    other = make_application(second, state="submitted", authority=HOME)
    plain = page(officer, reverse(name))
    chosen = page(officer, reverse(name), **about(second))
    assert 'aria-current="true"' in plain
    assert str(second.round.uid) in plain
    if name == "queue":
        assert mine.enterprise.name in plain
        assert other.enterprise.name not in plain
        assert other.enterprise.name in chosen
        assert mine.enterprise.name not in chosen
        assert "得分" in chosen
        assert "上云支出" not in chosen.split("<tbody")[0].split("<table")[-1]


def test_a_round_that_does_not_exist_is_not_there(first, second, officer):
    for wrong in ("nothing", "00000000-0000-4000-8000-000000000000"):
        assert officer.get(reverse("queue"), {"round": wrong}).status_code == 404


def test_what_waits_names_the_programme_and_leads_into_its_round(first, second, officer):
    make_application(first, state="submitted", authority=HOME)
    make_application(second, state="submitted", authority=HOME)
    text = page(officer, reverse("todo"))
    assert text.count("申请待受理</a>") == 2
    for ground in (first, second):
        assert f"round={ground.round.uid}" in text
    assert "Innovative" not in text


def test_ranking_shows_points_and_where_the_order_comes_from(first, second, officer):
    made = make_application(second, state="accepted", authority=HOME)
    text = page(officer, reverse("ranking", args=[HOME, "recommend", "innovative"]), **about(second))
    assert made.enterprise.name in text
    assert ">90<" in text
    assert "第十条" in text


def test_minutes_and_reports_go_to_the_round_that_was_chosen(first, second):
    office = Office(second, HOME, second.now)
    made = office.accepted("")
    office.decide(made, "innovative", "recommend")
    client = signed_in(first.actor(HOME))
    text = page(client, reverse("reports"))
    assert text.count("起草上报件") >= 2
    answer = client.post(reverse("report_draft"), {"authority": HOME, **about(second)})
    assert answer.status_code == 302
    text = page(client, answer["Location"])
    assert "90" in text
    assert "所报决定都由两个人" in text


@pytest.mark.parametrize("name", ["overview", "office_notices", "rosters"])
def test_the_leading_office_sees_either_round(first, second, name):
    client = signed_in(first.actor("city"))
    assert page(client, reverse(name))
    text = page(client, reverse(name), **about(second))
    if name == "overview":
        assert "创新型中小企业，本轮总览" in text


@pytest.mark.parametrize("name", ["queue", "decisions", "reports", "todo", "minutes"])
def test_an_office_page_costs_the_same_however_much_there_is(first, second, officer, name):
    for ground in (first, second):
        make_application(ground, state="submitted", authority=HOME)
    before = queries(officer, reverse(name) + f"?round={second.round.uid}")
    for ground in (first, second):
        for _n in range(3):
            make_application(ground, state="submitted", authority=HOME)
    assert queries(officer, reverse(name) + f"?round={second.round.uid}") == before


def test_places_of_one_programme_are_not_the_others(first, second):
    from xingyun.rounds.models import QuotaLine

    assert set(QuotaLine.objects.values_list("programme__key", flat=True)) == {first.book.key}
