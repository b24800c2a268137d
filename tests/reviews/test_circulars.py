"""Words before and after they are sent: previews that leave nothing, words to many, letters sent again."""

import socketserver
import threading
from uuid import uuid4

import pytest
from tests.factories.applications import make_application
from tests.messages.test_messages import Server
from tests.reviews.office import fresh

from xingyun.accounts.models import User
from xingyun.applications.models import StateChange
from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.audit.models import Entry
from xingyun.messages import actions as messages
from xingyun.messages.models import Message, Outbox
from xingyun.messages.previewing import rehearse
from xingyun.messages.states import State
from xingyun.registry.states import Role
from xingyun.reviews import actions
from xingyun.reviews.models import Circular
from xingyun.reviews.queries.circulars import circulars, letters

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(district):
    return make_application(
        district.ground, state="submitted", level="star-3", authority=district.key, now=district.now
    )


def write(office, *, actor=None, uid=None, **more):
    given = {"whom": "all", "subject": "补正时间提醒", "body": "请在 10 月 20 日前补正。", **more}
    return actions.write_to_all(
        uid=uid or uuid4(),
        round=office.ground.round,
        authority=office.authority,
        actor=actor or office.actor(),
        now=office.now,
        **given,
    )


def counts():
    return [model.objects.count() for model in (Message, Entry, StateChange, Outbox)]


def test_a_preview_is_what_is_sent_and_leaves_nothing(district, made, settings):
    settings.MAIL_URL = "smtp://127.0.0.1:1"
    User.objects.filter(pk=made.actor.user_id).update(email="a@example.org")
    before = (
        Message.objects.count(),
        Entry.objects.count(),
        StateChange.objects.count(),
        Outbox.objects.count(),
    )

    def act():
        return actions.refuse(
            application=fresh(made),
            reason="不在本市",
            clause="一、1",
            actor=district.actor(),
            now=district.now,
        )

    told = rehearse(act)
    after = (
        Message.objects.count(),
        Entry.objects.count(),
        StateChange.objects.count(),
        Outbox.objects.count(),
    )
    assert after == before
    assert fresh(made).state == "submitted"
    assert (told.people, told.mailed) == (1, 1)
    act()
    sent = Message.objects.latest("id")
    assert (sent.subject, sent.body) == (told.words[0].subject, told.words[0].body)
    with pytest.raises(Refused):
        rehearse(act)


def test_words_to_many_reach_those_that_are_meant_once(district, abroad, city, made):
    make_application(district.ground, state="draft", authority=district.key, now=district.now)
    other = make_application(district.ground, state="draft", authority=abroad.key, now=district.now)
    uid = uuid4()
    sent = write(district, uid=uid)
    assert (sent.enterprises, sent.people) == (2, 2)
    assert not Message.objects.filter(user_id=other.actor.user_id, subject="补正时间提醒").exists()
    with pytest.raises(Conflict):
        write(district, uid=uid)
    assert Message.objects.filter(subject="补正时间提醒").count() == 2
    assert write(district, whom="drafts").people == 1
    assert write(city).enterprises == 3
    with pytest.raises(Refused, match="没有这样的企业"):
        write(district, whom="returned")
    assert list(circulars(abroad.actor())) == []
    assert Entry.objects.filter(act="circular.sent").count() == Circular.objects.count() == 3


def test_who_may_write_and_what(district, abroad, made):
    for actor in (abroad.actor(), made.actor, district.actor(Role.READER)):
        with pytest.raises(NotAllowed):
            write(district, actor=actor)
    for given, field in (
        ({"subject": " "}, "subject"),
        ({"subject": "请打 13800138000"}, "subject"),
        ({"body": ""}, "body"),
        ({"whom": "nobody"}, "whom"),
    ):
        with pytest.raises(Refused) as refused:
            write(district, **given)
        assert refused.value.field == field


def test_a_letter_that_failed_is_sent_again_by_its_office(district, abroad, made, settings):
    settings.MAIL_URL = "smtp://127.0.0.1:1"
    User.objects.filter(pk=made.actor.user_id).update(email="a@example.org")
    write(district)
    letter = letters(district.actor()).get()
    assert not letters(abroad.actor()).exists()
    with pytest.raises(Conflict):
        actions.send_letter_again(pk=letter.pk, actor=district.actor(), now=district.now)
    Outbox.objects.filter(pk=letter.pk).update(state=State.FAILED, attempts=6, error="x")
    with pytest.raises(NotAllowed):
        actions.send_letter_again(pk=letter.pk, actor=abroad.actor(), now=district.now)
    actions.send_letter_again(pk=letter.pk, actor=district.actor(), now=district.now)
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Server) as server:
        server.letters = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.MAIL_URL = f"smtp://127.0.0.1:{server.server_address[1]}"
        assert messages.deliver(now=district.now) == 1
        server.shutdown()
    letter.refresh_from_db()
    assert (letter.state, len(server.letters)) == (State.SENT, 1)
    assert Entry.objects.filter(act="letter.again").count() == 1
