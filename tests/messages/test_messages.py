"""Telling people: with the act or not at all, once, and by mail when there is a way."""

import email
import email.policy
import socketserver
import threading
from datetime import timedelta

import pytest
from django.db import transaction

from xingyun.jobs.models import Job
from xingyun.messages import actions, mail, queries
from xingyun.messages.models import Message, Outbox
from xingyun.messages.states import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(person):
    return [person(name, email=f"{name}@example.org") for name in ("a", "b")] + [person("no-mail")]


@pytest.fixture
def send(now):
    def act(to, **options):
        given = {"subject": "申请已退回补正", "body": "请在 10 月 20 日前补正。", "link": "/applications/1/"}
        return actions.send(
            to=[user.pk for user in to], **{**given, "dedupe_key": "return:1", "now": now, **options}
        )

    return act


@pytest.fixture
def folder(settings, tmp_path):
    settings.MAIL_URL = f"file://{tmp_path / 'mail'}"
    settings.BASE_URL = "https://star.example.org"
    return tmp_path / "mail"


def letters(folder):
    """Every letter in the folder, read."""
    found = []
    for path in folder.iterdir() if folder.exists() else ():
        found += [text for text in path.read_bytes().split(b"\n" + b"-" * 79 + b"\n") if text.strip()]
    return [email.message_from_bytes(text, policy=email.policy.default) for text in found]


def test_a_message_arrives_once_and_is_read(people, send, now):
    assert send(people) == 3
    assert send(people) == 0
    assert send([*people], dedupe_key="return:2") == 3
    first = people[0].pk
    assert queries.unread_count(first) == 2
    message = queries.of_user(first)[0]
    assert (message.subject, message.link, message.created_at) == ("申请已退回补正", "/applications/1/", now)
    assert actions.read(user_id=first, now=now, ids=[message.pk]) == 1
    assert queries.unread_count(first) == 1
    assert actions.read(user_id=first, now=now) == 1
    assert queries.unread_count(people[1].pk) == 2


def test_nobody_marks_anothers_message_as_read(people, send, now):
    send(people)
    assert actions.read(user_id=people[0].pk, now=now, ids=[queries.of_user(people[1].pk)[0].pk]) == 0
    assert queries.unread_count(people[1].pk) == 1


def test_an_act_that_fails_tells_nobody(people, send):
    with transaction.atomic():
        send(people)
        transaction.set_rollback(True)
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "subject", ["请联系 13812345678", "身份证 11010519491231002X", "发往 li@example.org"]
)
def test_personal_data_in_a_subject_is_refused(people, send, subject):
    with pytest.raises(ValueError, match="personal"):
        send(people, subject=subject)


def test_a_number_is_not_taken_for_a_phone(people, send):
    assert send(people, subject="申请 JN-2020-000138 1234567890123 已受理") == 3


def test_without_mail_nothing_is_put_into_the_outbox(people, send):
    send(people)
    assert not Outbox.objects.exists()
    assert not Job.objects.exists()


def test_letters_leave_by_the_worker(people, send, folder, work):
    send(people, subject="结果\r\nBcc: x")
    assert letters(folder) == []
    work()
    found = sorted(letters(folder), key=lambda letter: letter["To"])
    assert [letter["To"] for letter in found] == ["a@example.org", "b@example.org"]
    assert found[0]["Subject"] == "结果 Bcc: x"
    assert found[0]["Bcc"] is None
    assert found[0].get_content().strip().endswith("https://star.example.org/applications/1/")
    assert set(Outbox.objects.values_list("state", flat=True)) == {State.SENT}
    send(people, subject="结果")
    work()
    assert len(letters(folder)) == 2


def test_the_same_letter_has_the_same_id(people, send, folder, work):
    send(people[:1])
    work()
    Outbox.objects.update(state=State.QUEUED)
    actions.deliver(now=Outbox.objects.get().next_try)
    first, second = letters(folder)
    assert first["Message-ID"] == second["Message-ID"]


def test_inactive_people_get_no_mail(people, send, folder, work):
    people[0].is_active = False
    people[0].save()
    send(people)
    work()
    assert [letter["To"] for letter in letters(folder)] == ["b@example.org"]


def test_a_silent_mail_server_is_tried_again_and_then_given_up_visibly(people, send, settings, now):
    settings.MAIL_URL = "smtp://127.0.0.1:1"
    send(people[:1])
    moment, pauses = now, []
    for _ in range(6):
        assert actions.deliver(now=moment) == 0
        outbox = Outbox.objects.get()
        pauses.append((outbox.next_try - moment).total_seconds())
        assert actions.deliver(now=moment) == 0, "not before its time"
        assert Outbox.objects.get().attempts == outbox.attempts
        moment = outbox.next_try
    assert pauses[:3] == [60, 300, 1800]
    assert outbox.state == State.FAILED
    assert "ConnectionRefusedError" in outbox.error


def test_one_bad_address_does_not_hold_up_the_others(people, send, folder, now):
    send(people)
    Outbox.objects.filter(address="a@example.org").update(address="broken\r\nx: y@example.org")
    assert actions.deliver(now=now) == 1
    assert [letter["To"] for letter in letters(folder)] == ["b@example.org"]


class Server(socketserver.StreamRequestHandler):
    """Just enough SMTP to take a letter."""

    def handle(self):
        self.say("220 ready")
        while line := self.rfile.readline().decode():
            word = line[:4].upper().strip()
            if word == "DATA":
                self.say("354 go on")
                text = b""
                while (piece := self.rfile.readline()) != b".\r\n":
                    text += piece
                self.server.letters.append(text)
            self.say("221 bye" if word == "QUIT" else "250 ok")

    def say(self, text):
        self.wfile.write(f"{text}\r\n".encode())


def test_letters_leave_by_smtp(people, send, settings, now):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Server) as server:
        server.letters = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.MAIL_URL = f"smtp://127.0.0.1:{server.server_address[1]}"
        send(people[:1])
        assert actions.deliver(now=now) == 1
        server.shutdown()
    letter = email.message_from_bytes(server.letters[0], policy=email.policy.default)
    assert (letter["Subject"], letter["To"]) == ("申请已退回补正", "a@example.org")


@pytest.mark.parametrize("url", ["http://x", "smtp://", "nonsense"])
def test_a_wrong_address_of_the_mail_server_is_named(url):
    with pytest.raises(mail.MailUrlError, match="XINGYUN_MAIL_URL"):
        mail.backend(url)


def test_schemes(people):
    tls, ssl = mail.backend("smtp+tls://u%40x:p@h:587"), mail.backend("smtps://h")
    assert (tls.host, tls.port, tls.username, tls.use_tls) == ("h", 587, "u@x", True)
    assert (ssl.port, ssl.use_ssl) == (465, True)


@pytest.mark.parametrize("count", [1, 30])
def test_telling_many_costs_the_same_queries(person, now, count, folder, django_assert_num_queries):
    users = [person(f"u{number}", email=f"u{number}@example.org").pk for number in range(count)]
    with django_assert_num_queries(8):
        actions.send(to=users, subject="s", body="b", dedupe_key="k", now=now)


def test_a_moved_clock_brings_the_next_try(people, send, settings, now, folder):
    send(people[:1])
    Outbox.objects.update(next_try=now + timedelta(hours=1))
    assert actions.deliver(now=now) == 0
    assert actions.deliver(now=now + timedelta(hours=1)) == 1
