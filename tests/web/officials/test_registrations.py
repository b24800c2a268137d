"""Licence and authorisation are compared by the enterprise's own authority and nobody else."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image
from tests.factories.ground import make_enterprise
from tests.web.officials.counting import queries

from xingyun.registry.states import EnterpriseState

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(ground):
    return make_enterprise(ground, "licheng", name="<b>云岫</b>智造有限公司", active=False)[0]


def picture():
    out = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(out, "PNG")
    return out.getvalue()


def test_the_list_says_how_many_wait_and_escapes_names(officer, waiting):
    page = officer.get(reverse("registrations")).content.decode()
    assert "1 家企业等您激活" in page
    assert "&lt;b&gt;云岫" in page
    assert "<b>云岫" not in page


def test_activating_and_refusing(officer, ground, waiting):
    other = make_enterprise(ground, "licheng", active=False)[0]
    officer.post(reverse("registration_activate", args=[waiting.uid]))
    waiting.refresh_from_db()
    assert waiting.state == EnterpriseState.ACTIVE
    refused = officer.post(reverse("registration_refuse", args=[other.uid]), {"reason": " "})
    assert refused.status_code == 422
    officer.post(reverse("registration_refuse", args=[other.uid]), {"reason": "授权书没有公章"})
    other.refresh_from_db()
    assert (other.state, other.refusal) == (EnterpriseState.REFUSED, "授权书没有公章")
    assert "授权书没有公章" in officer.get(reverse("registration", args=[other.uid])).content.decode()


def test_what_somebody_else_decided_is_told(officer, waiting):
    address = reverse("registration_activate", args=[waiting.uid])
    assert officer.post(address).status_code == 302
    assert officer.post(address).status_code == 409


def test_papers_are_shown_to_the_office_alone(officer, stranger, applicant, auditor, ground, waiting):
    from xingyun.files import actions as files

    waiting.licence = files.store(source=io.BytesIO(picture()), now=ground.now)
    type(waiting).objects.filter(pk=waiting.pk).update(licence=waiting.licence)
    original = reverse("registration_paper", args=[waiting.uid, "licence"])
    drawn = reverse("registration_page", args=[waiting.uid, "licence", 1])
    for client, status in (
        (officer, 200),
        (auditor, 200),
        (stranger, 404),
        (applicant, 404),
        (Client(), 302),
    ):
        assert client.get(original).status_code == status
        assert client.get(drawn).status_code == status
    assert officer.get(reverse("registration_page", args=[waiting.uid, "licence", 2])).status_code == 404
    assert officer.get(reverse("registration_paper", args=[waiting.uid, "state"])).status_code == 404


def test_wrong_doors(stranger, applicant, auditor, waiting):
    for client in (stranger, applicant, auditor):
        assert client.post(reverse("registration_activate", args=[waiting.uid])).status_code == 404
    assert Client().get(reverse("registrations")).status_code == 302
    assert applicant.get(reverse("registrations")).status_code == 404
    assert stranger.get(reverse("registration", args=[waiting.uid])).status_code == 404
    waiting.refresh_from_db()
    assert waiting.state == EnterpriseState.PENDING


def test_as_many_queries_for_many_as_for_few(officer, ground):
    for _n in range(3):
        make_enterprise(ground, "licheng", active=False)
    counted = []
    for more in (0, 12):
        for _n in range(more):
            make_enterprise(ground, "licheng", active=False)
        counted.append(queries(officer, reverse("registrations")))
    assert counted[0] == counted[1]
