"""A preview in the page: the words and the number of people, the form as it was typed, nothing done."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.applications import make_application
from tests.factories.ground import PASSWORD, make_ground

from xingyun.accounts.models import User
from xingyun.applications.models import Application
from xingyun.messages.models import Message

pytestmark = pytest.mark.django_db


def test_a_refusal_is_seen_before_it_is_sent(now, at):
    ground = make_ground(now)
    made = make_application(ground, state="submitted", authority="licheng", level="star-3")
    client = Client()
    user = User.objects.get(pk=ground.actor("licheng").user_id)
    client.login(username=user.username, password=PASSWORD)
    before = Message.objects.count()
    where = reverse("case_refuse", args=[made.application.uid])
    given = {"reason": "登记机关不在本市", "clause": "一、1"}
    page = client.post(where, {**given, "preview": "yes"}).content.decode()
    assert "将发给 1 人，还没有发" in page
    assert page.count("登记机关不在本市") == 2, "in the words and in the form"
    assert Message.objects.count() == before
    assert Application.objects.get(pk=made.application.pk).state == "submitted"
    missing = client.post(where, {"reason": "", "clause": "一、1", "preview": "yes"})
    assert missing.status_code == 422
    where = reverse("circular")
    page = client.get(where).content.decode()
    uid = page.split('name="uid" value="')[1].split('"')[0]
    words = {"uid": uid, "whom": "all", "subject": "提醒", "body": "请及时补正。"}
    assert "发给 1 人" in client.post(where, {**words, "preview": "yes"}).content.decode()
    assert client.post(where, words).status_code == 302
    assert Message.objects.filter(subject="提醒").count() == 1
    assert client.post(where, words).status_code == 409
