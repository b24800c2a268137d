"""The components in a real browser: nothing typed is lost, whatever happens to the server or to the line."""

import pytest
from playwright.sync_api import expect
from tests.journeys.browser import PHONE
from tests.web.browser import gallery
from tests.web.browser.gallery import STORE
from tests.web.browser.showing import leave

from xingyun.files.models import Upload

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls(gallery.__name__),
]
SOON = 6000


def test_a_field_is_saved_when_it_is_left(opened):
    leave(opened, "short_text", "云岫智造")
    expect(opened.locator("[data-saved]").first).to_contain_text("09:41 已自动保存")
    assert STORE.answers["short_text"] == "云岫智造"


def test_a_field_is_saved_two_seconds_after_typing(opened):
    opened.locator("#long_text").press_sequentially("正在写")
    expect(opened.locator("[data-saved]").first).to_be_visible(timeout=SOON)
    assert STORE.answers["long_text"] == "正在写"


def test_every_kind_is_saved_as_one_string(opened):
    opened.check("input[name=choice][value=b]")
    opened.check("input[name=multi][value=b]")
    opened.check("input[name=multi][value=a]")
    opened.fill("#organisations-0", "泉畔云")
    opened.locator("[data-field=organisations]").get_by_role("button", name="添加").click()
    opened.fill("#organisations-1", "鹊山工业")
    opened.locator("#organisations-1").blur()
    opened.wait_for_timeout(500)
    assert STORE.answers["choice"] == "b"
    assert STORE.answers["multi"] == "a,b"
    assert STORE.answers["organisations"] == "泉畔云\n鹊山工业"


def test_what_is_typed_before_the_script_has_come_is_saved_too(opened):
    scripts = []
    opened.route("**/js/autosave*.js", lambda route: scripts.append(route))
    opened.reload(wait_until="commit")
    opened.fill("#long_text", "脚本来得慢")
    opened.check("input[name=choice][value=b]")
    while not scripts:
        opened.wait_for_timeout(20)
    scripts[0].continue_()
    expect(opened.locator("[data-saved]").first).to_be_visible(timeout=SOON)
    opened.wait_for_timeout(300)
    assert STORE.answers == {"long_text": "脚本来得慢", "choice": "b"}


def test_an_error_stands_beside_the_field_and_goes_when_mended(opened):
    leave(opened, "month", "2020-13")
    error = opened.locator("#month-e")
    expect(error).to_contain_text("月份只到 12")
    expect(opened.locator("#month")).to_have_attribute("aria-invalid", "true")
    leave(opened, "month", "2020-03")
    expect(error).to_be_hidden()


def test_without_connection_the_text_stays_and_is_saved_on_return(opened):
    opened.route("**/t/save", lambda route: route.abort())
    leave(opened, "long_text", "断线时写的")
    expect(opened.locator("[data-save-trouble]")).to_contain_text("没有连上")
    opened.unroute("**/t/save")
    opened.reload()
    expect(opened.locator("[data-save-trouble]")).to_contain_text("已补存上次没有存上的 1 项")
    assert STORE.answers["long_text"] == "断线时写的"
    assert opened.input_value("#long_text") == "断线时写的"
    assert opened.evaluate("Object.keys(localStorage).filter(k => k.startsWith('xingyun-draft')).length") == 0


def test_an_ended_session_keeps_the_text_until_after_signing_in(opened):
    STORE.status = 401
    leave(opened, "long_text", "登录过期时写的")
    expect(opened.locator("[data-save-trouble] a")).to_have_attribute(
        "href", "/accounts/login/?next=%2Ft%2Fgallery"
    )
    assert "long_text" not in STORE.answers
    STORE.status = 200
    opened.reload()
    expect(opened.locator("[data-save-trouble]")).to_contain_text("已补存")
    assert STORE.answers["long_text"] == "登录过期时写的"


def test_another_person_does_not_get_the_draft(opened, live_server):
    STORE.status = 500
    leave(opened, "short_text", "私下写的")
    expect(opened.locator("[data-save-trouble]")).to_contain_text("没有答复")
    opened.route(
        "**/t/gallery",
        lambda route: route.fulfill(
            body=route.fetch().text().replace('data-owner="7"', 'data-owner="8"'), content_type="text/html"
        ),
    )
    opened.reload()
    STORE.status = 200
    opened.wait_for_timeout(500)
    assert opened.input_value("#short_text") == ""
    assert "short_text" not in STORE.answers


def test_two_people_in_one_field_are_both_shown(opened):
    STORE.answers["short_text"] = "对方先填的"
    leave(opened, "short_text", "我填的")
    box = opened.locator("[data-conflict]")
    expect(box).to_contain_text("对方先填的")
    expect(box).to_contain_text("我填的")
    assert STORE.answers["short_text"] == "对方先填的"
    box.get_by_role("button", name="用我填的").click()
    expect(box).to_have_count(0)
    opened.wait_for_timeout(300)
    assert STORE.answers["short_text"] == "我填的"


def test_taking_theirs_saves_nothing(opened):
    STORE.answers["short_text"] = "对方先填的"
    leave(opened, "short_text", "我填的")
    opened.locator("[data-conflict]").get_by_role("button", name="用对方填的").click()
    assert opened.input_value("#short_text") == "对方先填的"
    opened.reload()
    opened.wait_for_timeout(300)
    assert STORE.answers["short_text"] == "对方先填的"


def test_two_people_on_different_fields_never_collide(opened):
    STORE.answers["phone"] = "0531-66600000"
    leave(opened, "short_text", "我填的")
    opened.wait_for_timeout(300)
    assert STORE.answers == {"phone": "0531-66600000", "short_text": "我填的"}


def test_the_counter_counts_code_points(opened):
    count = opened.locator("#long_text-c")
    opened.fill("#long_text", "𠮷野\r\n家")
    expect(count).to_contain_text("还可写 16 字")
    opened.fill("#long_text", "字" * 23)
    expect(count).to_contain_text("超出 3 字")
    assert opened.input_value("#long_text") == "字" * 23


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("91370112MA3R533A3D", "18 位，校验码对得上。"),
        ("91370102MA3N587F87", "前 17 位算出的校验码是 M，这里是 7"),
        ("9137 0112-ma3r533a3d", "18 位，校验码对得上。"),
        ("91370112MA3R533A3", "还差 1 位"),
        ("91370112MA3O533A3D", "第 12 位的“O”不会出现在代码里，是不是 0？"),
    ],
)
def test_a_code_is_judged_while_it_is_typed(opened, code, said):
    opened.fill("#uscc", code)
    expect(opened.locator("#uscc-m")).to_contain_text(said)


def test_a_file_goes_up_in_pieces_and_is_attached(opened):
    opened.set_input_files(
        "#file", {"name": "执照.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n" * 1000}
    )
    expect(opened.locator("[data-files] .file")).to_contain_text("收好了")
    expect(opened.locator("[data-upload-status]")).to_contain_text("1 个已收好")
    upload = Upload.objects.get()
    assert STORE.attached == [str(upload.uuid)]
    expect(opened.locator("#kept")).to_contain_text(str(upload.uuid))


def test_each_file_succeeds_or_fails_alone(opened):
    big = {"name": "big.pdf", "mimeType": "application/pdf", "buffer": b"x" * 1_000_001}
    good = {"name": "good.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n"}
    opened.set_input_files("#file", [big, good])
    expect(opened.locator("[data-files] .file").nth(0)).to_contain_text("单个不能超过 1.0 MB")
    expect(opened.locator("[data-files] .file").nth(1)).to_contain_text("收好了")
    expect(opened.locator("[data-upload-status]")).to_contain_text("1 个已收好，0 个处理中，1 个要您处理")


def test_a_refused_file_says_why(opened):
    STORE.answers["bad"] = "1"
    opened.set_input_files("#file", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n"})
    expect(opened.locator("[data-files] .file")).to_contain_text("没有收下：这个文件设了打开密码。")


def test_long_work_is_followed_to_its_end(opened):
    STORE.job = 1
    opened.reload()
    expect(opened.locator("[data-job-text]")).to_contain_text("step")
    expect(opened.locator("#work")).to_contain_text("finished", timeout=15000)


def test_a_clause_opens_beside_the_work(opened, live_server, now):
    from tests.factories.ground import make_ground

    make_ground(now)
    opened.locator("a[data-clause]").first.click()
    dialog = opened.locator("dialog.clause")
    expect(dialog).to_contain_text("通知 三、2")
    opened.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(opened.locator("a[data-clause]").first).to_be_focused()


def test_the_theme_is_kept(opened):
    opened.locator("[data-theme-switch]").first.click()
    assert opened.get_attribute("html", "data-theme") == "dark"
    opened.reload()
    assert opened.get_attribute("html", "data-theme") == "dark"


def test_nothing_hinders_anybody(opened, axe):
    axe(opened)
    opened.set_viewport_size(PHONE)
    axe(opened)
    assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_axe_would_find_something(opened, axe):
    opened.evaluate("document.querySelector('main').append(document.createElement('img'))")
    assert any(found.startswith("image-alt") for found in axe.violations(opened))


def test_without_script_the_form_is_sent_as_it_stands(browser, live_server, now, opened):
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    context.add_cookies(opened.context.cookies())
    plain = context.new_page()
    plain.goto(f"{live_server.url}/t/gallery")
    plain.fill("#short_text", "没有脚本")
    plain.fill("#organisations-1", "第二家")
    plain.click("form[data-autosave] button[type=submit]")
    assert STORE.answers["short_text"] == "没有脚本"
    context.close()
