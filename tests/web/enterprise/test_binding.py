"""The edition for printing on both sides, from the applicant's own page."""

import io

import pikepdf
import pytest
from django.urls import reverse
from tests.factories.applications import bind, make_application
from tests.factories.ground import make_ground
from tests.web.enterprise.parties import make_party, signed_in

pytestmark = pytest.mark.django_db


def test_the_booklet_is_handed_out_for_binding(now):
    ground = make_ground(now)
    made = make_application(ground, level="star-3", now=now)
    booklet = bind(made, now=now)
    client = signed_in(made.actor)
    address = reverse("application_booklet_file", args=(made.application.uid,))
    assert address + "?as=binding" in client.get(
        reverse("application_booklet", args=(made.application.uid,))
    ).content.decode().replace("&amp;", "&")
    answer = client.get(address + "?as=binding")
    assert answer["Content-Type"] == "application/pdf"
    content = b"".join(answer.streaming_content)
    with pikepdf.open(io.BytesIO(content)) as bound:
        assert len(bound.pages) == booklet.pages
        assert bound.Root.ViewerPreferences.Duplex == "/DuplexFlipLongEdge"
    assert make_party(ground).client.get(address + "?as=binding").status_code == 404
