"""Pages of offices beside the way of one application, at a real browser: clicked through and looked at."""

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.factories.applications import make_application
from tests.factories.ground import make_file, make_ground
from tests.journeys.looking import look
from tests.registry.sheets import brought, row, xlsx
from tests.reviews.office import Office
from tests.web.enterprise.parties import signed_in

from xingyun.accounts.models import User
from xingyun.registry.states import Role
from xingyun.results import actions as results
from xingyun.results.models import SanctionCase
from xingyun.reviews.models import Decision, Transfer
from xingyun.rounds.models import Extension, Window
from xingyun.rounds.queries import window

HOME, OTHER, CITY = "licheng", "lixia", "city"

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ground(now: Any, at: Any) -> Any:
    return make_ground(now, rosters={HOME: 100})


@pytest.fixture
def visit(page: Page, live_server: Any, ground: Any) -> Any:
    """`visit("licheng", "/officials/", Role.SIGNATORY)`: the page, signed in as who has this role there."""

    def come(key: str, path: str, role: str = Role.PREPARER) -> Page:
        cookie = signed_in(ground.actor(key, role)).cookies["sessionid"].value
        page.context.clear_cookies()
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        page.goto(live_server.url + path)
        return page

    return come


@pytest.fixture
def home(ground: Any, now: Any) -> Office:
    return Office(ground, HOME, now)


def told(page: Page, words: str) -> None:
    expect(page.get_by_role("status").filter(has_text=words).first).to_be_visible()


def test_a_file_goes_to_another_office_and_back_by_a_ruling(visit, ground, home):
    page = visit(HOME, "/officials/transfers/")
    expect(page.get_by_text("企业报错了单位")).to_be_visible()
    look(page, "transfers-empty")
    made = home.accepted("star-3")
    page.goto(page.url.split("/officials/")[0] + f"/officials/applications/{made.application.uid}/decisions/")
    page.get_by_role("link", name="不归本单位，移送…").click()
    look(page, "transfer-ask")
    page.locator("#to").select_option(OTHER)
    page.get_by_label(re.compile("理由")).first.fill("登记机关在历下区。")
    page.get_by_role("main").get_by_role("button", name="移送").click()
    look(page, "transfer-asked")
    page = visit(OTHER, "/officials/")
    page.get_by_role("link", name="去接收").click()
    look(page, "transfer-to-take")
    page.get_by_label("说明").fill("注册地已迁出。")
    page.get_by_role("button", name="不接收").click()
    page = visit(CITY, "/officials/")
    page.get_by_role("link", name="去裁定").click()
    look(page, "transfer-to-rule")
    page = visit(HOME, "/officials/transfers/")
    expect(page.get_by_role("row").filter(has_text=made.enterprise.name)).to_contain_text("等上级裁定")
    look(page, "transfers")
    assert Transfer.objects.get().agreed is False


def test_a_case_of_the_blacklist_is_heard_and_decided(visit, ground, home, now, at):
    made = make_application(ground, state="submitted", authority=HOME)
    page = visit(CITY, "/officials/blacklist/")
    look(page, "blacklist-empty")
    case = results.give_notice(
        round=ground.round,
        authority=ground.authority(CITY),
        rule="applicant-fraud",
        subject=made.enterprise,
        programmes=[],
        facts="所附发票与税务记录不符。",
        proof=make_file(b"proof", now),
        due=now + timedelta(days=7),
        actor=ground.actor(CITY),
        now=now,
    )
    page.reload()
    look(page, "blacklist")
    page = visit(CITY, "/officials/", Role.SIGNATORY)
    expect(page.get_by_role("row").filter(has_text="等对方陈述申辩")).to_be_visible()
    results.state_defence(case=case, text="系开票方错误。", file=None, actor=made.actor, now=now)
    page.reload()
    look(page, "todo-blacklist")
    page.get_by_role("row").filter(has_text="黑名单处理待决定").get_by_role("link").last.click()
    look(page, "blacklist-to-decide")
    page.get_by_label(re.compile("^理由")).fill("申辩不成立，票面确系伪造。")
    page.get_by_role("button", name=re.compile("^列入")).click()
    expect(page.get_by_text("申辩不成立，票面确系伪造。")).to_be_visible()
    look(page, "blacklist-decided")
    assert SanctionCase.objects.get().decided_at is not None


def test_words_to_many_are_seen_before_they_go(visit, ground):
    make_application(ground, authority=HOME)
    page = visit(HOME, "/officials/outbox/")
    look(page, "outbox")
    page.get_by_role("link", name="群发通知…").click()
    page.get_by_label(re.compile("^发给")).select_option("drafts")
    page.get_by_label(re.compile("^标题")).fill("受理截止临近")
    page.get_by_label(re.compile("^内容")).fill("请在截止前提交。")
    page.get_by_role("button", name=re.compile("^先看")).click()
    expect(page.get_by_role("heading", name="将发给 1 人，还没有发")).to_be_visible()
    look(page, "circular-preview")
    page.get_by_role("main").get_by_role("button", name=re.compile("^发")).click()
    page.goto(page.url.split("/officials/")[0] + "/officials/outbox/")
    expect(page.get_by_text("受理截止临近").first).to_be_visible()
    look(page, "outbox-sent")


def test_a_deputy_is_named_stands_in_and_is_named_on_the_page(visit, ground, home):
    made = home.accepted("star-3")
    principal = User.objects.get(pk=ground.actor(HOME, Role.PREPARER).user_id)
    deputy = User.objects.get(pk=ground.actor(HOME, Role.SIGNATORY).user_id)
    page = visit(HOME, "/officials/people/", Role.ADMIN)
    look(page, "people")
    today = ground.now.date()
    typed = {
        "单位": HOME,
        "代理谁": principal.username,
        "代理人": deputy.username,
        "从哪天": today.isoformat(),
        "到哪天": (today + timedelta(days=4)).isoformat(),
    }
    form = page.locator("form").filter(has=page.get_by_role("heading", name="指定代理人"))
    for label, text in typed.items():
        form.get_by_label(re.compile(f"^{label}")).fill(text)
    form.get_by_label(re.compile("^岗位")).select_option(Role.PREPARER)
    page.get_by_label(re.compile("^理由")).fill("出差")
    page.get_by_role("button", name="指定").click()
    expect(page.get_by_role("row").filter(has_text=deputy.label).first).to_be_visible()
    look(page, "people-deputies")
    page = visit(HOME, "/officials/", Role.SIGNATORY)
    look(page, "todo-lent")
    page.get_by_role("button", name="代为办理").click()
    look(page, "standing-in")
    page.goto(page.url.split("/officials/")[0] + f"/officials/applications/{made.application.uid}/decisions/")
    page.get_by_role("radio", name=re.compile("^同意")).first.check()
    page.get_by_role("button", name="拟定").first.click()
    expect(page.get_by_text(f"{deputy.label} 代 {principal.label}，").first).to_be_visible()
    look(page, "decide-by-deputy")
    page.get_by_role("button", name="结束代办").click()
    expect(page.get_by_role("button", name="结束代办")).to_have_count(0)


def test_a_newcomer_is_seated_signs_in_and_leaves(visit, ground, browser, live_server):
    page = visit(HOME, "/officials/people/", Role.ADMIN)
    form = page.locator("form").filter(has=page.get_by_role("heading", name="设席位"))
    for label, text in {
        "单位": "没有这个区",
        "登录名": "xinren",
        "姓名": "新人",
        "电话": "0531-88990011",
    }.items():
        form.get_by_label(re.compile(f"^{label}")).fill(text)
    form.get_by_label(re.compile("^职责")).select_option(Role.READER)
    form.get_by_role("button", name="设席位").click()
    expect(page.get_by_text("没有叫“没有这个区”的单位")).to_be_visible()
    expect(form.get_by_label(re.compile("^登录名"))).to_have_value("xinren")
    look(page, "seat-refused")
    form.get_by_label(re.compile("^单位")).fill(HOME)
    form.get_by_role("button", name="设席位").click()
    password = page.get_by_role("status", name="新密码").locator(".num").inner_text()
    look(page, "seat-given")
    theirs = browser.new_page(locale="zh-CN")
    theirs.goto(live_server.url + "/accounts/login/")
    theirs.get_by_label("用户名").fill("xinren")
    theirs.get_by_label("密码").fill(password)
    theirs.get_by_role("main").get_by_role("button", name="登录").click()
    expect(theirs.get_by_text("请先改成自己的").first).to_be_visible()
    page.get_by_role("link", name="回到人员与席位").click()
    page.get_by_role("link", name="xinren").click()
    look(page, "person")
    page.get_by_role("button", name="结束全部席位，停用账号").click()
    told(page, "账号已停用")
    look(page, "person-left")
    theirs.goto(live_server.url + "/officials/")
    expect(theirs.get_by_role("main").get_by_role("button", name="登录")).to_be_visible()
    theirs.close()


def test_many_decisions_are_checked_and_what_failed_is_told(visit, ground, home):
    several = [home.accepted("star-3") for _n in range(4)]
    page = visit(HOME, f"/officials/applications/order/{HOME}/decide/star-3/")
    for box in page.get_by_role("main").get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="核对，准备成批拟定").click()
    look(page, "bulk-check")
    for box in page.get_by_role("main").locator("input[name=row]").all():
        box.check()
    page.get_by_role("button", name="拟定勾选的").click()
    expect(page.get_by_text("名额已满").first).to_be_visible()
    look(page, "bulk-result")
    assert Decision.objects.filter(outcome="granted").count() == 3 < len(several)


def test_changed_dates_are_seen_before_they_are_told(visit, ground):
    draft = make_application(ground, authority=HOME)
    old = window(ground.round, ground.authority(HOME), "applications")
    uid = ground.round.uid
    page = visit(HOME, f"/officials/rounds/{uid}/windows/applications/{HOME}/")
    later = (old.closes + timedelta(days=2)).date().isoformat()
    page.get_by_label(re.compile("^截止日期")).fill(later)
    page.get_by_label(re.compile("^更改的理由")).fill("系统维护一天")
    page.get_by_role("button", name="先看要发的消息").click()
    expect(page.get_by_role("heading", name=re.compile(r"将发给 \d+ 人，还没有发"))).to_be_visible()
    assert Window.objects.filter(replaced_at=None, authority=ground.authority(HOME)).count() == 0
    look(page, "window-preview")
    page.get_by_role("button", name="设定时间").click()
    told(page, "时间已设好")
    page = visit(CITY, f"/officials/rounds/{uid}/reporting/district-report/")
    page.get_by_label(re.compile("^延长到")).fill("2020-10-28")
    page.get_by_label(re.compile("^理由")).fill("纸质件在途")
    page.get_by_role("button", name="先看要发的消息").click()
    look(page, "extension-preview")
    assert not Extension.objects.exists()
    page.get_by_role("main").get_by_role("button", name="延长", exact=True).click()
    told(page, "上报期限已延长")
    assert draft.application.pk


def test_an_enterprise_is_found_on_all_rosters(visit, ground):
    brought(ground, xlsx([row(1, name="历城云岫智造有限公司")]), HOME)
    brought(ground, xlsx([row(1, name="历下云岫智造有限公司"), row(2, name="历下云岫生物有限公司")]), OTHER)
    page = visit(CITY, "/officials/rosters/")
    page.get_by_label("在全部名录里查找企业").fill("云岫")
    page.get_by_role("button", name="查找").click()
    expect(page.get_by_role("row").filter(has_text="历下云岫智造")).to_contain_text("历下区")
    look(page, "rosters-found")
    page.get_by_role("link", name="历下云岫生物有限公司").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("历下云岫生物有限公司")
