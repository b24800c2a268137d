"""The auditor's record is searched by what an auditor knows: a number, an office."""

import pytest
from django.urls import reverse
from tests.factories.applications import make_application

pytestmark = pytest.mark.django_db


def listed(client, asked):
    return client.get(reverse("record"), {"q": asked}).content.decode()


@pytest.mark.parametrize("asked", ["历城区", "authority:历城区", "authority:licheng"])
def test_an_office_is_found_by_its_name(ground, auditor, asked):
    page = listed(auditor, asked)
    assert "authority:licheng" in page
    assert "authority:lixia" not in page


def test_an_application_is_found_by_its_number(ground, auditor):
    made = make_application(ground, state="submitted", authority="licheng").application
    assert str(made.uid)[:13] in listed(auditor, made.number)


def test_what_nothing_is_called_is_told(ground, auditor):
    assert "没有这样的记录" in listed(auditor, "某某区")
