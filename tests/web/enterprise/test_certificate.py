"""The certificate at the end: for its own enterprise, saved and never shown as a page."""

from datetime import timedelta

import pytest
from tests.factories.applications import make_application, pdf
from tests.web.enterprise.parties import signed_in

from xingyun.applications.states import State
from xingyun.papers.models import Paper
from xingyun.registry.models import Title
from xingyun.results.models import Announcement, Award, Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def awarded(ground, now):
    made = make_application(ground, state=State.AWARDED)
    application = made.application
    file = pdf("certificate", 1, now)
    paper = Paper.objects.create(
        kind="certificate",
        about=application.stream,
        file=file,
        template_digest="0" * 64,
        edition_digest=application.edition.digest,
        issued_at=now,
    )
    notice = Notice.objects.create(
        round=application.round,
        authority=application.round.authority,
        paper=paper,
        published_by_id=made.actor.user_id,
        published_at=now,
        seq=1,
        opens=now - timedelta(days=7),
        closes=now,
    )
    announcement = Announcement.objects.create(
        notice=notice, paper=paper, announced_by_id=made.actor.user_id, announced_at=now
    )
    title = Title.objects.create(
        enterprise=made.enterprise,
        programme=application.round.programme.key,
        level=application.level,
        rank=3,
        year=2020,
        valid_from=now.date(),
        serial="XY-2020-0001",
    )
    Award.objects.create(application=application, title=title, announcement=announcement, certificate=paper)
    return made


def test_the_certificate_is_offered_and_saved(awarded, stranger):
    root = f"/enterprise/applications/{awarded.application.uid}/"
    client = signed_in(awarded.actor)
    assert "下载证书" in client.get(root + "progress/").content.decode()
    answer = client.get(root + "certificate/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/pdf"
    assert stranger.client.get(root + "certificate/").status_code == 404
