"""The queue's views, its exports and the desk's place in a list, as pages."""

import pytest
from django.urls import reverse
from tests.applications.test_lists import many
from tests.factories.applications import make_application
from tests.factories.ground import make_file
from tests.web.officials.counting import queries

from xingyun.applications.queries import lists
from xingyun.lists.models import Definition, Export, View
from xingyun.reviews.models import Appeal, Decision, WithdrawalRequest

pytestmark = pytest.mark.django_db
QUEUE = "/officials/applications/"


def page(client, address):
    return client.get(address).content.decode()


def ask(client, **more):
    given = {"list": "state=submitted", "column": ["number", "name"], "form": "xlsx", **more}
    return client.post(reverse("export_ask"), given)


def test_what_is_counted_no_further_is_told_so(officer, ground, now, monkeypatch):
    many(ground, 10, now)
    assert "<h1>8 份申请等您受理</h1>" in page(officer, QUEUE)
    monkeypatch.setattr(lists, "COUNTED", 4)
    monkeypatch.setattr("xingyun.web.officials.queue.COUNTED", 4)
    assert "<h1>4+ 份申请等您受理</h1>" in page(officer, QUEUE)
    assert "<span>2</span>" in page(officer, QUEUE)


def test_a_view_is_kept_shown_opened_renamed_and_deleted(officer, ground, now):
    many(ground, 3, now)
    assert "<summary>存为视图" not in page(officer, QUEUE)
    assert "<summary>存为视图" in page(officer, f"{QUEUE}?state=submitted&q=云程")
    answer = officer.post(reverse("view_save"), {"list": "state=submitted&q=云程", "name": "云程的"})
    assert answer.status_code == 302
    opened = page(officer, answer["Location"])
    assert 'aria-current="true">云程的' in opened
    assert "<summary>存为视图" not in opened
    view = View.objects.get()
    rename, delete = (reverse(name, args=[view.uid]) for name in ("view_rename", "view_delete"))
    assert officer.post(rename, {"name": "", "seen": "0"}).status_code == 422
    assert officer.post(rename, {"name": "先办的", "seen": "0"}).status_code == 302
    assert "先办的" in page(officer, QUEUE)
    assert officer.post(delete, {"seen": "0"}).status_code == 409, "seen by its old name"
    assert officer.post(delete, {"seen": "1"}).status_code == 302
    assert "先办的" not in page(officer, QUEUE).split("<main")[1].split("<form")[0]


def test_a_refused_name_keeps_what_was_typed(officer, ground):
    answer = officer.post(reverse("view_save"), {"list": "state=submitted", "name": "字" * 31})
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "名称最多 30 个字" in said
    assert f'value="{"字" * 31}"' in said
    assert 'value="submitted" checked' in said


def test_views_of_others_cannot_be_touched(officer, stranger, city, auditor, applicant, sign_in):
    officer.post(reverse("view_save"), {"list": "state=submitted", "name": "共用", "office": "licheng"})
    colleague, reader = sign_in("licheng", "reviewer"), sign_in("licheng", "reader")
    acts = [reverse(name, args=[View.objects.get().uid]) for name in ("view_rename", "view_delete")]
    for client in (stranger, city, auditor, applicant, sign_in("licheng", "countersigner")):
        assert [client.post(act, {"name": "x", "seen": "0"}).status_code for act in acts] == [404, 404]
    assert "共用" in page(reader, QUEUE)
    assert acts[0] not in page(reader, reverse("views"))
    assert [reader.post(act, {"name": "x", "seen": "0"}).status_code for act in acts] == [404, 404]
    assert colleague.post(acts[0], {"name": "改了", "seen": "0"}).status_code == 302


def test_a_view_shows_nobody_more_than_the_queue(officer, stranger, ground, now):
    """Whoever copies the address of a view from another district sees its own applications."""
    many(ground, 3, now)
    assert "云程1有限公司" in page(officer, f"{QUEUE}?q=云程")
    assert "云程1有限公司" not in page(stranger, f"{QUEUE}?q=云程")


def test_an_export_from_the_queue_to_the_file(officer, ground, now, work):
    many(ground, 3, now)
    form = page(officer, f"{reverse('exports')}?list=state%3Dsubmitted")
    assert 'name="list" value="state=submitted"' in form
    where = ask(officer, keep="周报")["Location"]
    assert "data-job" in page(officer, where)
    work()
    assert "2 行，可以下载" in page(officer, where)
    answer = officer.post(f"{where}take/")
    assert answer.status_code == 200
    assert "xlsx" in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "private, no-store"
    run = reverse("definition_run", args=[Definition.objects.get().uid])
    assert officer.post(run).status_code == 302
    assert Export.objects.latest("id").title == "周报"


def test_what_was_typed_is_kept_when_it_is_refused(officer, ground):
    answer = ask(officer, column=["name", "contact:contact_phone"], keep="电话表", form="csv")
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "要写明用途" in said
    for kept in ('value="contact:contact_phone" checked', 'value="csv" checked', 'value="电话表"'):
        assert kept in said
    assert not Export.objects.exists()


def test_a_reader_is_not_offered_contacts(sign_in, officer):
    assert "contact:contact_phone" in page(officer, reverse("exports"))
    assert "contact:contact_phone" not in page(sign_in("licheng", "reader"), reverse("exports"))


def test_an_expired_one_says_so(officer, ground, now, work, at):
    many(ground, 1, now)
    where = ask(officer, list="all")["Location"]
    work()
    at("2020-10-20 09:00")
    assert "已过期，文件已删除" in page(officer, where)
    answer = officer.post(f"{where}take/")
    assert answer.status_code == 409
    assert "重新导出" in answer.content.decode()


def test_the_desk_knows_its_place_in_the_list(officer, ground):
    made = [make_application(ground, state="submitted", authority="licheng") for _n in range(3)]
    first = page(officer, f"{QUEUE}?state=submitted&sort=oldest")
    assert "?list=state%3Dsubmitted%26sort%3Doldest" in first
    asked = "?list=state%3Dsubmitted%26sort%3Doldest"
    here = page(officer, reverse("desk", args=[made[1].application.uid]) + asked)
    assert "第 2 件，共 3 件" in here
    for n, key in ((0, "k"), (2, "j")):
        there = reverse("desk", args=[made[n].application.uid]) + asked
        assert f'data-key="{key}"' in here
        assert f'href="{there}"' in here
    assert f"{QUEUE}?state=submitted&amp;sort=oldest&amp;round=" in here
    assert "&amp;list=state%3Dsubmitted%26sort%3Doldest" in here, "the entries of the desk stay in the list"
    answer = officer.post(reverse("case_accept", args=[made[1].application.uid]) + asked)
    after = page(officer, answer["Location"])
    assert "已不在这个列表里" in after
    assert reverse("desk", args=[made[2].application.uid]) in after


@pytest.mark.parametrize("name", ["decide", "case_withdrawal", "case_appeal", "case_refuse", "case_return"])
def test_other_pages_of_an_application_know_its_place_too(officer, ground, name):
    made = [make_application(ground, state="submitted", authority="licheng") for _n in range(3)]
    mine, now = made[1].application, ground.now
    given = {"application": mine, "raised_by_id": made[1].actor.person, "raised_at": now}
    Appeal.objects.create(against=1, text="登记机关在本市", **given)
    letter = make_file(b"letter", now)
    asked = {"application": mine, "asked_by_id": made[1].actor.person, "asked_at": now}
    WithdrawalRequest.objects.create(reason="改报明年", letter=letter, **asked)
    asked = "?list=state%3Dsubmitted%26sort%3Doldest"
    here = page(officer, reverse(name, args=[mine.uid]) + asked)
    assert "第 2 件，共 3 件" in here
    on = "decide" if name == "decide" else "desk"
    for n, key in ((0, "k"), (2, "j")):
        assert f'data-key="{key}"' in here
        assert f'href="{reverse(on, args=[made[n].application.uid]) + asked}"' in here
    assert reverse("case_appeal", args=[mine.uid]) + asked in here


def test_a_decision_leads_back_into_the_list(officer, ground):
    made = [
        make_application(ground, state="accepted", authority="licheng", level="star-3") for _n in range(2)
    ]
    asked = "?list=state%3Daccepted%26sort%3Doldest"
    mine = made[0].application
    assert f"{reverse('decision_prepare', args=[mine.uid])}{asked}" in page(
        officer, reverse("decide", args=[mine.uid]) + asked
    )
    given = {"level": "star-3", "kind": "decide", "outcome": "declined", "reason": "不足"}
    answer = officer.post(reverse("decision_prepare", args=[mine.uid]) + asked, given)
    assert answer["Location"] == reverse("decide", args=[mine.uid]) + asked
    decision = Decision.objects.get()
    revoke = reverse("decision_revoke", args=[mine.uid, decision.pk]) + asked
    refused = officer.post(revoke, {"reason": "长" * 501})
    assert refused.status_code == 422
    assert "长" * 501 in refused.content.decode()
    assert "第 1 件，共 2 件" in refused.content.decode()


def test_a_list_that_makes_no_sense_harms_nothing(officer, ground):
    made = make_application(ground, state="submitted", authority="licheng")
    desk = reverse("desk", args=[made.application.uid])
    assert "第 1 件，共 1 件" in page(officer, f"{desk}?list=state%3Dnonsense%26after%3D1%7C2")
    assert "件，共" not in page(officer, desk)
    assert officer.get(f"{desk}?list={'%26' * 3000}").status_code == 200


def test_as_many_queries_for_many_as_for_few(officer, ground, now):
    made = make_application(ground, state="submitted", authority="licheng")
    desk = reverse("desk", args=[made.application.uid])
    addresses = [
        f"{QUEUE}?state=submitted",
        f"{QUEUE}?q=云程",
        f"{QUEUE}?sort=oldest",
        f"{desk}?list=state%3Dsubmitted",
        f"{desk}?list=q%3D有限",
        reverse("exports"),
        reverse("views"),
    ]
    many(ground, 10, now)
    few = [queries(officer, one) for one in addresses]
    more = ground.actor("licheng", "reviewer")
    assert more
    for n in range(20):
        officer.post(reverse("view_save"), {"list": "state=submitted", "name": str(n)})
    many(ground, 990, now, first=10)
    assert [queries(officer, one) for one in addresses] == few
    assert max(few) <= 30, few


def test_a_reader_is_shown_no_link_that_only_officials_may_follow(officer, ground, now, sign_in):
    many(ground, 1, now)
    links = [reverse(name) for name in ("outside_checks", "transfers", "outbox")]
    assert all(f'href="{link}' in page(officer, QUEUE) for link in links)
    reader = sign_in("licheng", "reader")
    assert not any(f'href="{link}' in page(reader, QUEUE) for link in links)
    assert [reader.get(link).status_code for link in links] == [404, 404, 404]
