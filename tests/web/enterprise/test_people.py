"""Colleagues in the browser: a link shown once, a password that must be changed, claims and their answers."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pikepdf import Pdf
from tests.factories.ground import PASSWORD, make_enterprise, make_user

from xingyun.accounts import tokens
from xingyun.accounts.models import User
from xingyun.registry import actions
from xingyun.registry.models import Enterprise, Member, Takeover
from xingyun.registry.states import EnterpriseState

pytestmark = pytest.mark.django_db
NEW = "another-long-one"
ACCOUNT = {
    "person": "新某",
    "phone": "13800000001",
    "email": "xin@example.com",
    "username": "xinren",
    "password": "a-long-enough-one",
}


@pytest.fixture
def house(ground):
    return make_enterprise(ground, "licheng")


@pytest.fixture
def officer(ground):
    return signed_in(ground.actor("licheng").user_id)


@pytest.fixture
def holder(house):
    return signed_in(house[1].user_id)


@pytest.fixture
def paper(tmp_path):
    with Pdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.save(tmp_path / "paper.pdf")
    return lambda name: SimpleUploadedFile(name, (tmp_path / "paper.pdf").read_bytes())


def signed_in(user_id):
    client = Client()
    client.force_login(User.objects.get(pk=user_id))
    return client


def text(answer):
    return answer.content.decode()


def link_of(holder, house):
    answer = holder.post(
        reverse("enterprise_invite", args=[house[0].uid]), {"role": "preparer", "note": "财务"}
    )
    return re.search(r"/enterprise/join/[\w-]+/", text(answer))[0]


def test_from_the_link_to_the_colleague(house, holder):
    link = link_of(holder, house)
    assert link not in text(holder.get(reverse("enterprise_people"))), "shown once"
    assert "财务" in text(holder.get(reverse("enterprise_people")))
    fresh = Client()
    assert house[0].name in text(fresh.get(link))
    wrong = fresh.post(link, {**ACCOUNT, "email": "no"})
    assert wrong.status_code == 422
    assert 'value="新某"' in text(wrong)
    assert "a-long-enough-one" not in text(wrong)
    assert fresh.post(link, ACCOUNT).status_code == 302
    assert "不能用了" in text(fresh.get(link))
    assert fresh.login(username="xinren", password="a-long-enough-one")
    page = text(fresh.get(reverse("enterprise_people")))
    assert "请找单位管理员" in page
    assert reverse("enterprise_invite", args=[house[0].uid]) not in page


def test_joining_while_signed_in(house, holder, ground):
    other = make_enterprise(ground, "lixia")[1]
    link = link_of(holder, house)
    client = signed_in(other.user_id)
    assert "用现在登录的账号加入" in text(client.get(link))
    assert client.post(f"{link}now/").status_code == 302
    assert Member.objects.filter(enterprise=house[0], user=other.user_id, role="preparer").exists()


def test_a_given_password_opens_only_its_own_change(house, holder, now):
    user = make_user("colleague", now)
    member = Member.objects.create(enterprise=house[0], user=user, role="preparer")
    page = text(holder.post(reverse("enterprise_password", args=[house[0].uid, member.pk])))
    password = re.search(r"\b[a-z2-9]{4}(-[a-z2-9]{4}){3}\b", page)[0]
    client = Client()
    assert client.login(username="colleague", password=password)
    change = reverse("account_change_password")
    for name in ("enterprise_home", "start", "enterprise_people"):
        assert client.get(reverse(name))["Location"] == change
    refused = client.get(reverse("enterprise_home"), headers={"accept": "application/json"})
    assert (refused.status_code, refused.json()["login"]) == (401, change)
    client.post(change, {"oldpassword": password, "password1": NEW, "password2": NEW})
    assert client.get(reverse("enterprise_home")).status_code == 200
    assert not User.objects.get(username="colleague").must_change


def test_a_new_password_ends_what_was_signed_in_before(house, holder, now):
    user = make_user("colleague", now)
    member = Member.objects.create(enterprise=house[0], user=user, role="preparer")
    client = Client()
    assert client.login(username="colleague", password=PASSWORD)
    assert client.get(reverse("enterprise_home")).status_code == 200
    holder.post(reverse("enterprise_password", args=[house[0].uid, member.pk]))
    assert client.get(reverse("enterprise_home"))["Location"].startswith("/accounts/login/")


def test_somebody_taken_out_is_out_at_once(house, holder, now):
    user = make_user("colleague", now)
    member = Member.objects.create(enterprise=house[0], user=user, role="preparer")
    client = signed_in(user.pk)
    assert client.get(reverse("enterprise_home")).status_code == 200
    assert holder.post(reverse("enterprise_remove", args=[house[0].uid, member.pk])).status_code == 302
    assert client.get(reverse("enterprise_home")).status_code == 404


def claiming(house, paper, **changes):
    papers = {"licence": paper("执照.pdf"), "authorisation": paper("授权.pdf")}
    typed = {**ACCOUNT, "uscc": house[0].uscc.lower(), "reason": "left", "note": "", **changes}
    return Client().post(reverse("takeover_claim"), {**typed, **papers})


def test_a_claim_from_both_sides(house, holder, ground, officer, paper, at):
    answer = claiming(house, paper)
    assert answer.status_code == 302
    takeover = Takeover.objects.get()
    claimant = Client()
    assert claimant.login(username="xinren", password="a-long-enough-one")
    assert claimant.get(reverse("start"))["Location"] == reverse("takeovers")
    assert "等待裁定" in text(claimant.get(reverse("takeovers")))
    home = text(holder.get(reverse("enterprise_home")))
    assert "有人申请接管" in home
    assert "新某" not in home
    said = reverse("takeover_answer", args=[takeover.uid])
    assert "新某" not in text(holder.get(said))
    assert holder.post(said, {"answer": " "}).status_code == 422
    assert holder.post(said, {"answer": "同意移交", "file": paper("同意.pdf")}).status_code == 302
    desk = reverse("takeover", args=[takeover.uid])
    page = text(officer.get(desk))
    assert "同意移交" in page
    assert "新某" in page
    assert "待裁定" in text(officer.get(reverse("registrations")))
    again = officer.post(reverse("takeover_rule", args=[takeover.uid]), {"to": "handed_over", "ruling": ""})
    assert again.status_code == 422
    assert 'value="handed_over" checked' in text(again)
    officer.post(reverse("takeover_rule", args=[takeover.uid]), {"to": "handed_over", "ruling": "双方一致"})
    assert "双方一致" in text(claimant.get(reverse("takeovers")))
    assert claimant.get(reverse("enterprise_home")).status_code == 200
    assert holder.get(reverse("enterprise_home")).status_code == 404


def test_a_claim_keeps_what_was_typed_and_sent(house, paper):
    answer = claiming(house, paper, reason="")
    page = text(answer)
    assert answer.status_code == 422
    assert "执照.pdf 已收好" in page
    tokens_ = dict(re.findall(r'name="(\w+-kept)" value="([^"]+)"', page))
    typed = {**ACCOUNT, "uscc": house[0].uscc, "reason": "lost", **tokens_}
    assert Client().post(reverse("takeover_claim"), typed).status_code == 302


def test_a_code_that_nobody_registered(house, paper):
    answer = claiming(house, paper, uscc="91370112MAEBJ00Y43")
    assert answer.status_code == 422
    assert "请直接注册" in text(answer)
    assert not User.objects.filter(username="xinren").exists()


def test_a_refused_registration_is_mended(ground, officer, paper):
    enterprise, actor = make_enterprise(ground, "licheng", active=False)
    actions.refuse_activation(
        enterprise=enterprise, reason="授权书没有公章", actor=ground.actor("licheng"), now=ground.now
    )
    client = signed_in(actor.user_id)
    address = reverse("registration_mend", args=[enterprise.uid])
    assert address in text(client.get(reverse("enterprise_home")))
    page = text(client.get(address))
    assert "授权书没有公章" in page
    assert client.post(address, {"name": "", "address": "新址"}).status_code == 422
    sent = {"name": "改对的名称有限公司", "address": "新址", "authorisation": paper("授权.pdf")}
    assert client.post(address, sent).status_code == 302
    enterprise = Enterprise.objects.get(pk=enterprise.pk)
    assert (enterprise.state, enterprise.name) == (EnterpriseState.PENDING, "改对的名称有限公司")
    assert enterprise.authorisation.kind == "application/pdf"
    assert client.get(address).status_code == 404


def test_the_same_answer_for_every_name(house, client, settings, now):
    settings.MAIL_URL = "smtp://localhost:1"
    user = make_user("lin", now, email="lin@example.com")
    User.objects.filter(pk=user.pk).update(email_verified_at=now)
    address = reverse("account_reset_password")
    known = text(client.post(address, {"username": "lin"}))
    unknown = text(client.post(address, {"username": "nobody-here"}))
    unmask = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
    assert unmask.sub("", known) == unmask.sub("", unknown)
    assert client.post(address, {"username": ""}).status_code == 422
    for _n in range(30):
        last = client.post(address, {"username": "lin"})
    assert "太频繁" in text(last)


def test_a_mailed_link_sets_a_password(client, now):
    user = make_user("lin", now)
    address = reverse("account_new_password", args=[tokens.for_reset(user)])
    assert client.get(address).status_code == 200
    assert "不一样" in text(client.post(address, {"password": NEW, "again": "x"}))
    assert "10" in text(client.post(address, {"password": "short", "again": "short"}))
    assert client.post(address, {"password": NEW, "again": NEW}).status_code == 302
    assert "不能用了" in text(client.get(address))
    assert client.login(username="lin", password=NEW)


def test_an_address_is_confirmed_by_a_click_not_by_a_look(client, now):
    user = make_user("lin", now, email="lin@example.com")
    address = reverse("account_address", args=[tokens.for_address(user)])
    assert "lin@example.com" in text(client.get(address))
    assert User.objects.get(pk=user.pk).email_verified_at is None
    assert client.post(address).status_code == 302
    assert User.objects.get(pk=user.pk).email_verified_at is not None


def test_the_page_costs_the_same_for_many(house, holder, now, django_assert_num_queries):
    holder.get(reverse("enterprise_people"))
    with django_assert_num_queries(7):
        holder.get(reverse("enterprise_people"))
    for n in range(20):
        Member.objects.create(enterprise=house[0], user=make_user(f"c{n}", now), role="preparer")
        actions.invite(enterprise=house[0], role="preparer", note="", actor=house[1], now=now)
    with django_assert_num_queries(7):
        holder.get(reverse("enterprise_people"))
