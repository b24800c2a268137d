"""The roster page: rows come in from a file or a paste, the count goes out from above."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.web.officials.counting import queries

from xingyun.registry.models import RosterEntry, Snapshot
from xingyun.rulebook import uscc

pytestmark = pytest.mark.django_db


def rows(first, count):
    return [(uscc.make(n, "370100"), f"企业{n}") for n in range(first, first + count)]


def csv(given, head=""):
    return (head + "\n".join(",".join(row) for row in given)).encode("gb18030")


def xlsx(given):
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    for n, row in enumerate([("序号", "企业名称", "统一社会信用代码"), *given]):
        sheet.write_row(n, 0, row)
    book.close()
    return out.getvalue()


def send(client, key="licheng", **fields):
    given = {"listed_on": "2020-09-30", **fields}
    return client.post(reverse("roster_import", args=[key]), given)


def test_a_sheet_with_a_head_in_any_order(officer):
    listed = [(n, name, code) for n, (code, name) in enumerate(rows(1, 3), 1)]
    answer = send(officer, file=SimpleUploadedFile("a.xlsx", xlsx([*listed, (4, "短码", "9137")])))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "1 行有错" in page
    assert ">5<" in page, "the row of the file, its head counted"
    assert RosterEntry.objects.count() == 3


def test_a_table_of_the_old_encoding_and_pasted_lines(officer):
    send(officer, file=SimpleUploadedFile("a.csv", csv(rows(1, 2))))
    send(officer, lines="\n".join(f"{code}\t{name}" for code, name in rows(3, 2)))
    send(officer, lines="\n".join(f"{code} {name}" for code, name in rows(5, 1)))
    assert RosterEntry.objects.count() == 5
    assert RosterEntry.objects.filter(name="企业2").exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", b"PK\x03\x04 broken"),
        ("a.xls", b"\xd0\xcf\x11\xe0"),
        ("a.csv", b""),
        ("a.csv", b"\xff\xff\x81"),
    ],
)
def test_what_cannot_be_read_is_told(officer, name, content):
    answer = send(officer, file=SimpleUploadedFile(name, content))
    assert answer.status_code == 422
    assert RosterEntry.objects.count() == 0


def test_wrong_rows_come_back_to_be_mended(officer):
    page = send(officer, lines="91370100<script>\t甲").content.decode()
    assert "<script>\t" not in page
    assert "91370100&lt;script&gt;\t甲" in page


def test_the_count_is_released_from_above(officer, city, ground):
    Snapshot.objects.all().delete()
    send(officer, lines="\n".join(" ".join(row) for row in rows(1, 34)))
    address = reverse("roster_release", args=["licheng"])
    assert officer.post(address, {"counted_on": "2020-09-30"}).status_code == 404
    assert city.post(address, {"counted_on": "2020-09-30", "count": "5"}).status_code == 422
    assert city.post(address, {"counted_on": "2020-09-30"}).status_code == 302
    page = city.get(reverse("roster", args=["licheng"])).content.decode()
    assert "34 × 3% = 1.02，舍去小数为 1" in page
    assert city.post(address, {"counted_on": "2020-09-30"}).status_code == 422, "never a second time"


def test_wrong_doors(stranger, applicant, auditor, ground):
    roster = reverse("roster", args=["licheng"])
    assert [c.get(roster).status_code for c in (Client(), stranger, applicant, auditor)] == [
        302,
        404,
        404,
        200,
    ]
    for client in (stranger, applicant, auditor):
        assert send(client, lines="x y").status_code == 404


def test_as_many_queries_for_many_as_for_few(officer, city):
    send(officer, lines="\n".join(" ".join(row) for row in rows(1, 10)))
    few = [queries(officer, reverse("roster", args=["licheng"])), queries(city, reverse("rosters"))]
    send(officer, lines="\n".join(" ".join(row) for row in rows(11, 990)))
    many = [queries(officer, reverse("roster", args=["licheng"])), queries(city, reverse("rosters"))]
    assert few == many
    page = officer.get(reverse("roster", args=["licheng"]))
    assert "下一页" in page.content.decode()
    found = officer.get(reverse("roster", args=["licheng"]), {"q": "企业99"}).content.decode()
    assert "企业990" in found
    assert "企业1000" not in found
