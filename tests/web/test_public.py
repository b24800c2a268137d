"""Public pages: they follow the edition, cost the same however much there is, and show no person."""

import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.utils import translation
from tests.factories.ground import JINAN, make_enterprise, make_ground

from xingyun.clock import ZONE
from xingyun.documents.signing import self_made, signer
from xingyun.registry.actors import SYSTEM
from xingyun.registry.models import Enterprise, Title
from xingyun.rounds import actions as rounds
from xingyun.rounds.models import Edition
from xingyun.rounds.queries import windows_of
from xingyun.rulebook import uscc
from xingyun.web.public import course, nebula
from xingyun.web.public.home import in_force

pytestmark = pytest.mark.django_db
PAGES = ["/", "/notice/", "/self-check/", "/self-check/?done=1", "/results/", "/verify/", "/contacts/"]
CONTACTS = tomllib.loads((JINAN / "contacts.toml").read_text("utf-8"))


@pytest.fixture
def ground(now):
    found = make_ground(now)
    Edition.objects.update(contacts=CONTACTS)
    return found


@pytest.fixture
def windows(ground, now):
    """Own windows of three authorities, ending on different days."""
    for key, day in {"licheng": 19, "lixia": 21, "zhangqiu": 17}.items():
        rounds.set_window(
            round=ground.round,
            authority=ground.authority(key),
            stage="applications",
            opens=datetime(2020, 10, 9, tzinfo=ZONE),
            closes=datetime(2020, 10, day + 1, tzinfo=ZONE),
            set_by_id=ground.actor("licheng").user_id,
            actor=SYSTEM,
            now=now,
        )


def award(ground, n: int) -> None:
    """Give titles to so many enterprises."""
    office = ground.authority("licheng")
    made = Enterprise.objects.bulk_create(
        Enterprise(
            uscc=uscc.make(50_000 + i, "370112"),
            name=f"鹤汀{i}号有限公司",
            authority=office,
            created_at=ground.now,
        )
        for i in range(n)
    )
    Title.objects.bulk_create(
        Title(
            enterprise=enterprise,
            programme=ground.book.key,
            level=ground.book.levels[i % 3].key,
            rank=ground.book.levels[i % 3].rank,
            year=2020,
            valid_from=date(2020, 12, 31),
            serial=f"XY-{i:05d}",
        )
        for i, enterprise in enumerate(made)
    )


@pytest.mark.parametrize("page", PAGES)
def test_before_the_first_round_every_page_answers(client, page):
    assert client.get(page).status_code == 200


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_speaks_both_languages(client, ground, page, language):
    client.cookies["django_language"] = language
    answer = client.get(page)
    assert answer.status_code == 200
    assert f'lang="{"en" if language == "en" else "zh-Hans"}"' in answer.content.decode()


@pytest.mark.parametrize(
    ("page", "queries"),
    [
        ("/", 3),
        ("/notice/", 2),
        ("/self-check/", 1),
        ("/self-check/?done=1", 1),
        ("/results/", 4),
        ("/verify/?serial=XY-00001", 2),
        ("/contacts/", 1),
    ],
)
@pytest.mark.parametrize("count", [10, 1000])
def test_a_page_costs_the_same_however_much_there_is(
    client, ground, windows, django_assert_num_queries, page, queries, count
):
    award(ground, count)
    client.get(page)  # the numbers are counted once in five minutes
    with django_assert_num_queries(queries):
        assert client.get(page).status_code == 200


def test_the_home_page_puts_the_deadline_first(client, ground, windows):
    page = client.get("/").content.decode()
    assert "正在申报" in page
    assert "章丘区为 10月17日 24:00（还有 5 天 15 小时）" in page
    assert "10月26日 24:00" in page
    assert "历城区为 10月19日 24:00" in client.get("/?at=licheng").content.decode()


def test_after_the_window_the_round_is_evaluated(client, ground, windows, at):
    at("2020-10-22 09:00")
    assert "正在评定" in client.get("/?at=zhangqiu").content.decode()


def test_the_course_knows_what_runs_and_what_is_due(ground, windows, now):
    listed = list(windows_of(ground.round))
    points = course.course(ground.book, in_force(listed, ground.authority("licheng")), now)
    assert [p.state for p in points[:3]] == ["done", "now", "due"]
    assert points[2].when == "10月19日 24:00"
    later = course.course(
        ground.book, in_force(listed, ground.authority("licheng")), now + timedelta(days=10)
    )
    assert later[2].state == "done"
    assert "now" in [p.state for p in later[3:]]


def test_without_windows_the_course_still_shows_the_deadline(ground, now):
    assert any(p.when == "10月26日 24:00" for p in course.course(ground.book, {}, now))


def test_the_map_of_stars_is_the_same_for_the_same_edition(ground):
    counts = tuple((c.key, len(c.domains)) for c in ground.book.categories)
    nebula.sky.cache_clear()
    first = nebula.sky(counts)
    nebula.sky.cache_clear()
    assert nebula.sky(counts) == first
    assert [len(c.stars) + 1 for c in first.constellations] == [n for _key, n in counts]


@pytest.mark.parametrize("counts", [(), (("a", 1),), tuple((f"k{i}", 40) for i in range(9))])
def test_any_checklist_has_a_map(counts):
    sky = nebula.sky(counts)
    assert all(0 <= c.x <= nebula.WIDTH and 0 <= c.y <= nebula.HEIGHT + 60 for c in sky.constellations)


def test_every_clause_has_its_place(client, ground):
    page = client.get("/notice/").content.decode()
    for place in ("c1-1", "c2-10", "c3-3", "c4", "c-附件1"):
        assert f'id="{place}"' in page
    assert "通知没有写明的" in page


def test_an_earlier_edition_keeps_its_page(client, ground):
    assert client.get(f"/notice/{ground.book.digest[:12]}/").status_code == 200
    assert client.get("/notice/0123456789ab/").status_code == 404
    assert client.get(f"/notice/{ground.book.digest[:3]}/").status_code == 404


GOOD = {
    "place": "licheng",
    "nature": "limited",
    "finance-system": "yes",
    "good-credit": "yes",
    "spend": "86.2",
    "deployment": "hybrid",
    "contracts": "yes",
    "audit": "yes",
    "plan": "yes",
    "title": "none",
    "done": "1",
}


@pytest.mark.parametrize(
    ("answers", "heading"),
    [
        (GOOD, "申报三星级、四星级、五星级，没有发现障碍"),
        ({**GOOD, "audit": "no"}, "申报三星级、四星级、五星级，还差 1 项"),
        ({**GOOD, "nature": "individual", "place": ""}, "按现在的回答，有条件不符"),
        ({"done": "1"}, "申报三星级、四星级、五星级，还差 7 项"),
    ],
)
def test_the_heading_is_the_answer(client, ground, answers, heading):
    page = client.get("/self-check/", answers).content.decode()
    assert f"<h1>{heading}</h1>" in page
    assert "您可以申报" not in page


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "-5", "1e9", "九十万", "9" * 5000])
def test_an_odd_answer_breaks_nothing(client, ground, typed):
    answer = client.get("/self-check/", {**GOOD, "spend": typed, "deployment": typed})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("typed", ["-5", "很多", "1e9"])
def test_a_sum_that_is_none_is_asked_for_again_with_the_other_answers(client, ground, typed):
    page = client.get("/self-check/", {**GOOD, "spend": typed}).content.decode()
    assert "要填数字" in page
    assert f'value="{typed}"' in page
    assert page.count(" checked") >= 5


def test_results_are_listed_highest_first_and_paged(client, ground):
    award(ground, 120)
    seen: list[str] = []
    address = "/results/"
    while address:
        page = client.get(address).content.decode()
        seen += [part.split('"')[0] for part in page.split("?serial=")[1:]]
        more = page.split('<a href="?level=&amp;after=')
        address = f"/results/?after={more[1].split(chr(34))[0]}" if len(more) > 1 else ""
    assert len(seen) == len(set(seen)) == 120
    assert "鹤汀2号" in client.get("/results/").content.decode()


def test_a_level_narrows_the_results(client, ground):
    award(ground, 9)
    page = client.get("/results/", {"level": ground.book.levels[0].key}).content.decode()
    assert page.count("?serial=") == 3


@pytest.mark.parametrize("after", ["x", "5-", "-5", "5-99999999999999999999", "１-２"])
def test_a_made_up_place_breaks_nothing(client, ground, after):
    award(ground, 3)
    assert client.get("/results/", {"after": after}).status_code == 200


def test_a_revoked_title_is_not_among_the_results(client, ground, now):
    award(ground, 3)
    Title.objects.filter(serial="XY-00001").update(revoked_at=now)
    assert "XY-00001" not in client.get("/results/").content.decode()
    page = client.get("/verify/?serial=XY-00001").content.decode()
    assert "证书已经撤销" in page


def test_a_certificate_is_verified_by_number_and_by_code(client, ground):
    award(ground, 1)
    title = Title.objects.get()
    assert "证书是真的" in client.get("/verify/?serial=xy-00000").content.decode()
    assert "证书是真的" in client.get(f"/verify/{title.verification}/").content.decode()
    missing = client.get("/verify/?serial=XY-99999")
    assert missing.status_code == 404
    assert "没有这张证书" in missing.content.decode()


def test_whose_signature_a_certificate_bears(client, ground, settings, tmp_path):
    award(ground, 1)
    assert "指纹" not in client.get("/verify/?serial=XY-00000").content.decode()
    own = self_made(tmp_path / "office.p12", "云州市工信局")
    settings.SIGNING_KEY = own.path
    page = client.get("/verify/?serial=XY-00000").content.decode()
    assert "云州市工信局" in page
    assert signer(own).in_groups in page
    settings.SIGNING_KEY = tmp_path / "gone.p12"
    assert client.get("/verify/?serial=XY-00000").status_code == 200
    assert [found.id for found in run_checks() if found.id.startswith("papers")] == ["papers.E001"]


def test_no_person_stands_on_a_public_page(client, ground, windows):
    make_enterprise(ground, "licheng", name="鹤汀精密有限公司")
    award(ground, 3)
    names = {c["name"] for c in CONTACTS["contacts"]} | {"林某", "13800000000"}
    for page in [*PAGES, "/verify/?serial=XY-00001"]:
        text = client.get(page).content.decode()
        assert not [name for name in names if name in text], page
    assert "0531-66605786" in client.get("/contacts/").content.decode()


def test_the_program_names_no_city():
    source = Path(course.__file__).parents[1]
    for path in [*source.rglob("*.py"), *source.rglob("*.html"), *source.rglob("*.js")]:
        text = path.read_text("utf-8").lower()
        assert not [word for word in ("济南", "jinan", "三星") if word in text], path


def test_the_frame_follows_the_round(ground):
    from xingyun.web.frame import read

    frame = read()
    assert frame.line.zh == "济南市星级上云企业申报评定"
    assert frame.phone == "0531-88873113"
    with translation.override("en"):
        assert "edition 1" in frame.edition.say("en")
