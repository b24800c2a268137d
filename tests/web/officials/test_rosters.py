"""The roster's pages: a table comes in, its columns are matched, the count goes out from above."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.registry.sheets import brought, code, row, xlsx
from tests.web.officials.counting import queries

from xingyun.documents import sheets
from xingyun.files.queries import path
from xingyun.jobs.models import Job
from xingyun.jobs.states import State
from xingyun.registry.models import RosterEntry, RosterImport, Snapshot

pytestmark = pytest.mark.django_db


def pairs(first, count):
    return [(code(n), f"企业{n}") for n in range(first, first + count)]


def pasted(given):
    return "\n".join("\t".join(row) for row in given)


def hand_in(client, content=None, key="licheng", name="a.xlsx", **fields):
    """The answer to a table that is handed in."""
    given = {"listed_on": "2020-09-30", **fields}
    if content is not None:
        given["file"] = SimpleUploadedFile(name, content)
    return client.post(reverse("roster_import", args=[key]), given)


def start(client, where, **changed):
    """Import with the columns as the page offers them."""
    page = client.get(where).content.decode()
    offered = {}
    for part in page.split('<select class="inp" id="column-')[1:]:
        place, rest = part.split('"', 1)
        chosen = rest.split("</select>")[0].split(" selected")[0].rsplit('value="', 1)[-1].rstrip('"')
        offered[f"column-{place}"] = chosen if " selected" in rest.split("</select>")[0] else ""
    head = page.split('name="head" value="')[1].split('"')[0]
    return client.post(where + "start/", {"head": head, **offered, **changed})


@pytest.fixture
def bring(work):
    """Hand in, match, work; the address of the page with the result."""

    def act(client, content=None, **fields):
        answer = hand_in(client, content, **fields)
        assert answer.status_code == 302
        assert start(client, answer["Location"]).status_code == 302
        work()
        return answer["Location"]

    return act


def test_a_table_comes_in_its_columns_are_matched_and_the_result_is_told(officer, bring, work):
    wrong = [row(4, code="9137"), row(5, name="")]
    answer = hand_in(officer, xlsx([*(row(n) for n in (1, 2, 3)), *wrong]))
    where = answer["Location"]
    page = officer.get(where).content.decode()
    assert "请核对每一列是什么" in page
    assert "企业1、企业2、企业3" in page
    assert RosterEntry.objects.count() == 0, "nothing is imported yet"
    start(officer, where)
    page = officer.get(where).content.decode()
    assert "data-job" in page
    work()
    page = officer.get(where).content.decode()
    assert "2 行没有导入，其余都导入了" in page
    assert "还差 14 位" in page
    assert RosterEntry.objects.count() == 3
    report = officer.get(where + "refused/")
    assert report.status_code == 200
    assert ".xlsx" in report["Content-Disposition"]
    made = RosterImport.objects.get()
    with sheets.reading(path(made.report)) as sheet:
        assert [line.cells[-1][:4] for line in sheet.lines] == ["哪里不对", "填了 4", "缺企业名"]


def test_the_same_again_says_that_nothing_has_changed(officer, bring):
    content = xlsx([row(1), row(2)])
    bring(officer, content)
    assert "和名录一样，没有变化" in officer.get(bring(officer, content)).content.decode()


def test_the_old_encoding_and_pasted_lines(officer, bring):
    bring(officer, pasted(pairs(1, 2)).replace("\t", ",").encode("gb18030"), name="a.csv")
    bring(officer, lines=pasted(pairs(3, 2)))
    bring(officer, lines=pasted(pairs(5, 1)).replace("\t", " "))
    assert RosterEntry.objects.count() == 5
    assert RosterEntry.objects.filter(name="企业2").exists()


def test_another_row_may_hold_the_headings(officer, bring):
    where = hand_in(officer, xlsx([["说明", "", ""], row(1)]))["Location"]
    page = officer.get(where, {"head": "2"}).content.decode()
    assert "第 2 行：说明" in page
    assert 'name="head" value="2"' in page
    assert officer.get(where, {"head": "99"}).status_code == 200


def test_a_column_is_chosen_once_and_what_is_needed_is_asked_for(officer):
    where = hand_in(officer, xlsx([row(1)]))["Location"]
    twice = start(officer, where, **{"column-0": "name", "column-1": "name"})
    assert twice.status_code == 422
    assert "选了两列" in twice.content.decode()
    without = start(officer, where, **{"column-1": ""})
    assert "还没有选哪一列是“企业名称”" in without.content.decode()
    assert not Job.objects.filter(kind="registry.import_roster").exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", b"PK\x03\x04 broken"),
        ("a.xls", b"\xd0\xcf\x11\xe0"),
        ("a.csv", b""),
        ("a.csv", b"\xff\xff\x81"),
        ("a.xls", b"<html><table></table></html>"),
    ],
)
def test_what_cannot_be_read_is_told(officer, name, content):
    assert hand_in(officer, content, name=name).status_code == 422
    assert RosterImport.objects.count() == 0


def test_nothing_is_handed_in(officer, settings):
    assert "请选一个文件" in hand_in(officer).content.decode()
    settings.FILE_LIMIT = 10
    assert hand_in(officer, b"x" * 11, name="a.csv").status_code == 422


def test_a_job_that_failed_is_begun_again(officer, work):
    where = hand_in(officer, xlsx([row(1)]))["Location"]
    start(officer, where)
    Job.objects.filter(kind="registry.import_roster").update(state=State.FAILED, error="died")
    page = officer.get(where).content.decode()
    assert "没有做成，名录没有变" in page
    assert start(officer, where).status_code == 302
    work()
    assert "已导入：新增 1 家" in officer.get(where).content.decode()


def test_one_entry_is_mended_taken_out_and_back(officer, bring):
    bring(officer, xlsx([row(1)]))
    entry = RosterEntry.objects.get()
    where = reverse("roster_entry", args=["licheng", entry.pk])
    given = {"name": "新名", "listed_on": "2018-01-02", "provider": "", "reason": "更名", "seen": entry.seen}
    assert officer.post(where + "edit/", {**given, "reason": ""}).status_code == 422
    assert officer.post(where + "edit/", given).status_code == 302
    assert officer.post(where + "edit/", given).status_code == 409, "seen is old by now"
    entry.refresh_from_db()
    seen = {"seen": entry.seen}
    assert officer.post(where + "delist/", seen).status_code == 422
    assert officer.post(where + "delist/", {**seen, "reason": "已注销"}).status_code == 302
    assert "理由：已注销" in officer.get(where).content.decode()
    roster = reverse("roster", args=["licheng"])
    assert "新名" not in officer.get(roster).content.decode().split("<main")[1]
    assert "新名" in officer.get(roster, {"show": "delisted"}).content.decode()
    entry.refresh_from_db()
    assert officer.post(where + "relist/", {"seen": entry.seen, "reason": "弄错"}).status_code == 302
    assert "新名" in officer.get(roster).content.decode()


def test_what_two_claim_is_ruled_from_above(officer, stranger, city, auditor, bring):
    bring(officer, xlsx([row(1)]))
    bring(stranger, xlsx([row(1), row(2)]), key="lixia")
    claims, act = reverse("roster_claims"), reverse("roster_claim_rule", args=[code(1)])
    assert "1 家两地都报，请裁定归谁" in city.get(claims).content.decode()
    for client in (officer, stranger, auditor):
        page = client.get(claims).content.decode()
        assert "1 家两地都报，等上级裁定" in page
        assert act not in page
        assert client.post(act, {"to": "licheng", "reason": "x"}).status_code == 404
    assert city.post(act, {"to": "licheng"}).status_code == 422
    assert city.post(act, {"reason": "x"}).status_code == 422
    assert city.post(act, {"to": "licheng", "reason": "注册地"}).status_code == 302
    page = city.get(claims).content.decode()
    assert "没有两地都报的企业" in page
    assert "注册地" in page
    lost = RosterEntry.objects.get(authority__key="lixia", uscc=code(1))
    page = stranger.get(reverse("roster_entry", args=["lixia", lost.pk])).content.decode()
    assert "裁定归历城区：注册地" in page


def test_the_count_is_released_from_above(officer, city, ground, bring):
    Snapshot.objects.all().delete()
    bring(officer, lines=pasted(pairs(1, 34)))
    address = reverse("roster_release", args=["licheng"])
    assert officer.post(address, {"counted_on": "2020-09-30"}).status_code == 404
    assert city.post(address, {"counted_on": "2020-09-30", "count": "5"}).status_code == 422
    assert city.post(address, {"counted_on": "2020-09-30"}).status_code == 302
    page = city.get(reverse("roster", args=["licheng"])).content.decode()
    assert "34 × 3% = 1.02，舍去小数为 1" in page
    assert city.post(address, {"counted_on": "2020-09-30"}).status_code == 422, "never a second time"
    frozen = reverse("roster_frozen_file", args=["licheng", 2020])
    assert frozen in page
    kept = b"".join(city.get(frozen).streaming_content).decode()
    assert kept.split("\n") == sorted(one for one, _name in pairs(1, 34))
    assert city.get(reverse("roster_frozen_file", args=["lixia", 2020])).status_code == 404, "a bare figure"


def test_wrong_doors(officer, city, stranger, applicant, auditor, bring, ground):
    where = bring(officer, xlsx([row(1), row(2, name="")]))
    entry = reverse("roster_entry", args=["licheng", RosterEntry.objects.get().pk])
    pages = [reverse("roster", args=["licheng"]), where, where + "refused/", entry]
    for page in pages:
        clients = (Client(), stranger, applicant, auditor, city)
        assert [c.get(page).status_code for c in clients] == [302, 404, 404, 200, 200], page
    seen = {"seen": RosterEntry.objects.get().seen, "reason": "x", "name": "x", "listed_on": "2020-01-01"}
    acts = [where + "start/", entry + "edit/", entry + "delist/", entry + "relist/"]
    for client in (stranger, applicant, auditor, city):
        assert hand_in(client, lines="x y").status_code == 404
        for act in acts:
            assert client.post(act, seen).status_code == 404, act
    assert officer.get(where.replace("licheng", "lixia")).status_code == 404
    assert RosterEntry.objects.get().name == "企业1"


def test_as_many_queries_for_many_as_for_few(officer, city, stranger, bring):
    def costs():
        entry = RosterEntry.objects.filter(authority__key="licheng").first()
        addresses = [
            reverse("roster", args=["licheng"]),
            reverse("roster", args=["licheng"]) + "?show=disputed",
            reverse("roster_claims"),
            reverse("roster_load", args=["licheng", RosterImport.objects.latest("id").uid]),
            reverse("roster_entry", args=["licheng", entry.pk]),
        ]
        found = [queries(officer, one) for one in addresses]
        return [*found, queries(city, reverse("rosters")), queries(city, reverse("roster_claims"))]

    bring(stranger, lines=pasted(pairs(1, 2)), key="lixia")
    bring(officer, lines=pasted(pairs(1, 10)))
    few = costs()
    bring(stranger, lines=pasted(pairs(3, 100)), key="lixia")
    bring(officer, lines=pasted(pairs(11, 990)))
    many = costs()
    assert few == many
    assert max(many) <= 14, many
    page = officer.get(reverse("roster", args=["licheng"]))
    assert "下一页" in page.content.decode()
    found = officer.get(reverse("roster", args=["licheng"]), {"q": "企业99"}).content.decode()
    assert "企业990" in found
    assert "企业1000" not in found
    claims = city.get(reverse("roster_claims")).content.decode()
    assert claims.count('name="reason"') == 20
    assert "下一页" in claims
    assert len(claims) < 120_000


def test_the_city_finds_an_enterprise_in_whichever_roster(city, officer, stranger, auditor, ground):
    name = "历城云岫智造有限公司"
    brought(ground, xlsx([row(1, name=name), row(2, name="历城汇泉物流有限公司")]))
    brought(ground, xlsx([row(1, name="历下云岫有限公司"), row(3, name="历下云岫生物有限公司")]), "lixia")

    for client in (city, auditor):
        page = client.get(reverse("rosters"), {"q": "云岫"}).content.decode()
        part = page.split('id="f-h"')[1].split("</section>")[0]
        assert part.count('<th scope="row">') == 3
        assert all(ground.authority(key).name in part for key in ("licheng", "lixia"))
        assert "汇泉" not in part
    assert code(1) in city.get(reverse("rosters"), {"q": code(1)[:12]}).content.decode()
    own = officer.get(reverse("rosters"), {"q": "云岫"}).content.decode()
    assert name in own
    assert "历下云岫" not in own
    assert name not in stranger.get(reverse("rosters"), {"q": "云岫"}).content.decode()
    assert "名录里没有" in city.get(reverse("rosters"), {"q": "无此企业"}).content.decode()
    assert queries(city, reverse("rosters") + "?q=云岫") <= queries(city, reverse("rosters")) + 1
