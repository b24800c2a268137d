"""Findings as officials see and rule them; what is shared with others is on no page of an applicant."""

import pytest
from tests.reviews.office import Office
from tests.reviews.test_doubts import TEXT, handed_in, of
from tests.web.enterprise.parties import signed_in
from tests.web.matrix.crawl import links, text_of
from tests.web.officials.counting import queries

from xingyun.evidence.models import Finding
from xingyun.jobs.registry import discover
from xingyun.jobs.worker import Worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(ground, now):
    """Two of different districts that have text, file and invoice in common."""
    made = [handed_in(Office(ground, key, now)) for key in ("licheng", "lixia")]
    Worker(discover()).drain()
    return made


def page_of(client, made, more="findings/"):
    return client.get(f"/officials/applications/{made.application.uid}/{more}")


def test_what_is_odd_by_which_clause_on_which_page(officer, pair):
    first, second = pair
    text = page_of(officer, first).content.decode()
    for told in ("相同的文件", "重复的发票", "雷同的文字", second.enterprise.name, second.application.number,
                 "历下区", TEXT[:20]):  # fmt: skip
        assert told in text
    assert f"/officials/applications/{first.application.uid}/files/" in text
    # The other district's own papers are not shown, nor is there a way to them.
    assert f"/officials/applications/{second.application.uid}/" not in text


def test_ruling(officer, pair):
    finding = of(pair[0]).get(check_key="same-file")
    here = f"/officials/applications/{pair[0].application.uid}/findings/{finding.pk}/"
    wrong = officer.post(here, {"status": "justified", "reason": "", "seen": "open"})
    assert wrong.status_code == 422
    assert "请写明理由" in wrong.content.decode()
    given = {"status": "confirmed", "reason": "两家交了同一份截图", "seen": "open"}
    assert officer.post(here, given).status_code == 302
    text = page_of(officer, pair[0]).content.decode()
    assert "两家交了同一份截图" in text
    assert "问题属实" in text
    assert officer.post(here, given).status_code == 409


def test_the_queue_counts_and_filters(officer, pair):
    text = officer.get("/officials/applications/").content.decode()
    n = Finding.objects.filter(dossier=pair[0].application.dossier, status="open").count()
    assert f"疑点 {n}" in text
    here = "/officials/applications/?doubts=yes"
    assert pair[0].enterprise.name in officer.get(here).content.decode()
    Finding.objects.update(gone_at=officer.actor and pair[0].ground.now)
    text = officer.get(here).content.decode()
    assert "没有符合筛选的申请" in text


def test_to_others_there_is_nothing(stranger, applicant, auditor, pair):
    finding = of(pair[0]).first()
    address = f"/officials/applications/{pair[0].application.uid}/findings/"
    for client in (stranger, applicant, signed_in(pair[0].actor)):
        assert client.get(address).status_code == 404
        given = {"status": "justified", "reason": "x", "seen": "open"}
        assert client.post(f"{address}{finding.pk}/", given).status_code == 404
    assert auditor.get(address).status_code == 200
    given = {"status": "justified", "reason": "x", "seen": "open"}
    assert auditor.post(f"{address}{finding.pk}/", given).status_code == 404


def everything(client, start):
    """The text of every page that leads from there."""
    read, waiting = {}, [start]
    while waiting:
        here = waiting.pop()
        answer = client.get(here) if here not in read and here.startswith("/enterprise/") else None
        if answer is not None and answer.status_code == 200:
            read[here] = text_of(answer)
            waiting += links(here, read[here])
    return read


def test_no_page_of_an_applicant_tells_of_another(pair):
    """Everything that an applicant can reach, followed link by link; its pages, its files, its messages."""
    first, second = pair
    across = of(first)
    assert across
    read = everything(signed_in(first.actor), "/enterprise/")
    own = read[f"/enterprise/applications/{first.application.uid}/evidence/read/"]
    assert "请核对" in own
    secrets = [second.enterprise.name, second.application.number, "另一家", "疑点", "雷同", "完全相同"]
    secrets += [one.zh for one in across] + [one.en for one in across]
    for address, text in read.items():
        assert not [word for word in secrets if word in text], address
    n = Finding.objects.filter(dossier=first.application.dossier).count()
    told = Finding.objects.filter(dossier=first.application.dossier, across=False).count()
    assert f"有 {told} 处请核对" in own
    assert f"有 {n} 处请核对" not in own


@pytest.mark.parametrize("times", [1, 40])
def test_what_it_costs(officer, pair, times):
    first, second = pair
    Finding.objects.bulk_create(
        Finding(
            dossier=first.application.dossier, check_key="same-file", fingerprint=f"{n}", across=True,
            other=second.application.dossier, zh="x", en="x", found_at=first.ground.now,
        )
        for n in range(times)
    )  # fmt: skip
    here = f"/officials/applications/{first.application.uid}/"
    assert queries(officer, here + "findings/") <= queries(officer, here)
