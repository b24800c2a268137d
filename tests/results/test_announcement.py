"""The announcement: after the notice and its objections, titles and certificates, once."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.ground import Ground
from tests.reviews.crowd import crowd
from tests.reviews.office import fresh

from xingyun.applications.states import State
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.documents.signing import self_made, signatures
from xingyun.files.queries import path
from xingyun.jobs.models import Job
from xingyun.messages.models import Message
from xingyun.papers.models import Paper
from xingyun.papers.signing import signed_by
from xingyun.registry.actors import ANONYMOUS, SYSTEM
from xingyun.registry.models import Title
from xingyun.registry.states import Role
from xingyun.results import actions, queries
from xingyun.results.models import Announcement, Award

pytestmark = pytest.mark.django_db
AFTER = "2020-10-17 00:00:00"


@pytest.fixture
def published(evaluated):
    """The list on public notice from 2020-10-12 until 10-16, 24:00."""
    evaluated.notice = evaluated.publish()
    return evaluated


def announce(published, now) -> Announcement:
    """Announce the results."""
    return actions.announce(notice=published.notice, actor=published.city.actor(), now=now)


def test_it_waits_for_the_end_of_the_notice(published, at):
    with pytest.raises(Refused, match="10月16日 24:00") as refused:
        announce(published, at("2020-10-16 23:59:59"))
    assert refused.value.clause
    assert not Title.objects.exists()
    assert announce(published, at(AFTER)).notice_id == published.notice.pk


def test_it_waits_for_every_objection(published, at):
    objection = actions.raise_objection(
        line=published.line(published.kept),
        name="周某某",
        contact="z@example.com",
        text="不实",
        channel="online",
        actor=ANONYMOUS,
        now=published.city.now,
    )
    kinds = {item.kind for item in queries.to_do(published.city.actor(), at(AFTER))}
    assert kinds == {"objection", "announce"}
    with pytest.raises(Refused, match="1 件异议"):
        announce(published, at(AFTER))
    actions.decide_objection(
        objection=objection, upheld=True, outcome="属实", actor=published.city.actor(), now=at(AFTER)
    )
    announce(published, at(AFTER))
    assert set(Title.objects.values_list("enterprise", flat=True)) == {
        published.four.enterprise.pk,
        published.three.enterprise.pk,
    }


def test_titles_certificates_and_the_public_list(published, at):
    made = announce(published, at(AFTER))
    assert made.paper.kind == "announcement"
    levels = {t.enterprise_id: t.level for t in Title.objects.all()}
    assert levels == {
        published.four.enterprise.pk: "star-4",
        published.kept.enterprise.pk: "star-3",
        published.three.enterprise.pk: "star-3",
    }
    assert {fresh(m).state for m in (published.four, published.kept, published.three)} == {State.AWARDED}
    assert Job.objects.filter(kind="results.certificate").count() == 3
    assert Message.objects.filter(user_id=published.four.actor.user_id, subject="已获认定").exists()
    page = queries.public_titles(published.ground.book.key, queries.Filters(year=2020))
    assert [t.level for t in page.rows] == ["star-4", "star-3", "star-3"]
    award = queries.award_of(fresh(published.four))
    for _again in range(2):
        actions.issue_certificate(award_id=award.pk, actor=SYSTEM, now=at(AFTER))
    assert Paper.objects.filter(kind="certificate").count() == 1
    found = queries.certificate(award.title.verification)
    assert found.certificate.file.pages == 1
    assert queries.certificate(uuid4()) is None


def test_a_certificate_bears_the_offices_signature(published, at, settings, tmp_path):
    settings.SIGNING_KEY = self_made(tmp_path / "office.p12", "云州市工信局").path
    announce(published, at(AFTER))
    award = queries.award_of(fresh(published.four))
    actions.issue_certificate(award_id=award.pk, actor=SYSTEM, now=at(AFTER))
    issued = queries.certificate(award.title.verification).certificate.file
    [found] = signatures(path(issued))
    assert (found.by, found.whole) == (signed_by(), True)
    assert found.by.name == "云州市工信局"


def test_a_rehearsal_signs_with_a_key_of_its_own(settings):
    assert signed_by() is None
    settings.REHEARSAL = True
    assert "演练" in signed_by().name


def test_it_happens_once(published, at):
    announce(published, at(AFTER))
    with pytest.raises(Refused):
        announce(published, at(AFTER))
    assert Award.objects.count() == 3


def test_only_the_publishing_office_announces(published, at):
    ground = published.ground
    outsiders = [
        published.district.actor(),
        ground.actor("city", Role.AUDITOR),
        ground.actor("city", Role.COUNTERSIGNER),
        published.four.actor,
        ANONYMOUS,
    ]
    for actor in outsiders:
        with pytest.raises(NotAllowed):
            actions.announce(notice=published.notice, actor=actor, now=at(AFTER))
    assert not Announcement.objects.exists()


def test_a_title_goes_with_its_disqualification(published, at):
    announce(published, at(AFTER))
    actions.disqualify(
        application=fresh(published.four),
        reason="证明材料系伪造",
        clause="四",
        actor=published.city.actor(Role.SIGNATORY),
        now=at(AFTER),
    )
    assert Title.objects.get(enterprise=published.four.enterprise).revoked_at == at(AFTER)
    page = queries.public_titles(published.ground.book.key, queries.Filters())
    assert published.four.enterprise.pk not in [t.enterprise_id for t in page.rows]
    assert fresh(published.four).state == State.DISQUALIFIED


def test_the_public_list_costs_one_query_and_pages_on(published):
    def titles(ground: Ground, n: int) -> None:
        Title.objects.bulk_create(
            Title(
                enterprise=application.enterprise,
                programme=ground.book.key,
                level="star-3",
                rank=3,
                year=2020,
                valid_from=ground.now.date(),
                serial=f"bulk-{application.pk}",
            )
            for application in crowd(ground, "tianqiao", n)
        )

    key = published.ground.book.key
    for more in (10, 990):
        titles(published.ground, more)
        with CaptureQueriesContext(connection) as asked:
            page = queries.public_titles(key, queries.Filters(year=2020))
            assert all(title.enterprise.authority.name for title in page.rows)
        assert len(asked) == 1
    seen, after = [], ""
    while True:
        page = queries.public_titles(key, queries.Filters(size=300, after=after))
        seen += [title.pk for title in page.rows]
        after = page.after
        if not after:
            break
    assert len(seen) == len(set(seen)) == 1000
