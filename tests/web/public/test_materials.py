"""The list of materials: by level, deployment and contracts; each with where it is explained."""

import pytest
from tests.factories.ground import make_ground

pytestmark = pytest.mark.django_db
PAGE = "/self-check/materials/"


@pytest.fixture(autouse=True)
def _round(now):
    make_ground(now)


def page(client, **asked):
    return client.get(PAGE, asked).content.decode()


def test_the_plan_is_asked_for_where_the_level_asks_for_it(client):
    plan = "私有云"
    low = page(client, level="star-3", deployment="public", contracts="yes")
    high = page(client, level="star-4", deployment="private", contracts="yes")
    assert low.count("<tr>") + 1 <= high.count("<tr>")
    assert plan in high
    assert "必须有" in high


def test_what_hangs_on_an_open_question_is_called_open(client):
    assert "可能要" in page(client, level="star-4")
    assert "可能要" not in page(client, level="star-3", deployment="public", contracts="yes")
    assert "云服务商" in page(client, level="star-3", deployment="public", contracts="no")


def test_the_area_that_was_answered_tells_its_own_dates(client):
    assert "在历城区" in page(client, place="licheng")
    assert "在历城区" not in page(client, place="nowhere")
    assert "在历城区" not in page(client)


def test_each_material_says_where_it_is_explained_and_none_is_an_answer(client):
    found = page(client)
    for ref in ("二、1", "二、2", "二、3", "附件1"):
        assert ref in found
    assert "写明“无”" in found


def test_the_result_leads_there_with_the_answers(client):
    result = client.get("/self-check/", {"done": "1", "deployment": "hybrid"}).content.decode()
    assert "/self-check/materials/?done=1&amp;deployment=hybrid" in result
    assert client.get(PAGE, {"level": "nothing", "deployment": "<b>"}).status_code == 200
