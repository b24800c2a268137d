"""Rounds are opened from the top; a district sets its own dates and says why it changes them."""

import pytest
from django.test import Client
from django.urls import reverse

from xingyun.rounds.models import Round, Window
from xingyun.rounds.states import RoundState

pytestmark = pytest.mark.django_db
DATES = {"opens_on": "2020-10-09", "opens_at": "09:00", "closes_on": "2020-10-19", "closes_at": ""}


def window(ground, scope="licheng"):
    return reverse("window", args=[ground.round.uid, ground.book.windows[0].key, scope])


def test_a_district_sets_its_own_dates(officer, ground, now):
    assert officer.post(window(ground), DATES).status_code == 302
    own = Window.objects.get(authority=ground.authority("licheng"), replaced_at=None)
    assert own.closes.isoformat() == "2020-10-19T16:00:00+00:00", "the last day until its 24:00"
    again = officer.post(window(ground), {**DATES, "closes_on": "2020-10-20"})
    assert again.status_code == 422
    assert "理由" in again.content.decode()
    assert officer.post(window(ground), {**DATES, "reason": "系统停电半天"}).status_code == 302
    page = officer.get(reverse("round", args=[ground.round.uid])).content.decode()
    assert "10月19日 24:00" in page
    assert "系统停电半天" in page


def test_not_later_than_the_report(officer, ground):
    late = officer.post(window(ground), {**DATES, "closes_on": "2020-10-27"})
    assert late.status_code == 422
    assert "2020-10-26" in late.content.decode()


def test_wrong_doors(officer, stranger, applicant, auditor, ground):
    assert Client().get(window(ground)).status_code == 302
    for client in (stranger, applicant, auditor):
        assert client.get(window(ground)).status_code == 404
        assert client.post(window(ground), DATES).status_code == 404
    assert officer.get(window(ground, "all")).status_code == 404
    assert officer.get(window(ground, "lixia")).status_code == 404
    assert officer.get(reverse("window", args=[ground.round.uid, "nothing", "licheng"])).status_code == 404
    assert auditor.get(reverse("round", args=[ground.round.uid])).status_code == 200


def test_the_top_plans_opens_and_ends(city, officer, ground):
    form = {"edition": ground.round.edition_id, "year": "2020"}
    assert officer.post(reverse("round_plan"), form).status_code in {404, 422}
    assert city.post(reverse("round_plan"), form).status_code == 302
    second = Round.objects.get(number=2)
    assert city.post(reverse("round_open", args=[second.uid])).status_code == 422, "one at a time"
    assert officer.post(reverse("round_close", args=[ground.round.uid])).status_code == 404
    assert city.post(reverse("round_close", args=[ground.round.uid])).status_code == 302
    assert city.post(reverse("round_open", args=[second.uid])).status_code == 302
    second.refresh_from_db()
    assert second.state == RoundState.OPEN
    assert city.post(reverse("round_settle", args=[second.uid])).status_code == 302
    assert city.get(reverse("rounds")).status_code == 200
