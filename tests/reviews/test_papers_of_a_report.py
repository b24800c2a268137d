"""What goes with a report: decision, letter, summary table; and a refusal; in every format."""

import io
from dataclasses import dataclass

import docx
import pypdfium2 as pdfium
import pytest
from python_calamine import CalamineWorkbook
from tests.factories.applications import make_application

from xingyun.audit.errors import Refused
from xingyun.audit.models import Entry
from xingyun.files.queries import reader
from xingyun.papers.queries import papers
from xingyun.registry.states import Role
from xingyun.reviews import actions, queries
from xingyun.reviews.models import Report
from xingyun.reviews.queries.summary import to_the_fen
from xingyun.reviews.states import Outcome

pytestmark = pytest.mark.django_db
LABELS = [
    "序号", "企业名称", "统一社会信用代码", "所属区县", "行业", "部署模型", "云服务商", "上云支出（万元）",
    "申请级别", "评定级别", "推荐级别", "联系人", "联系电话", "意见",
]  # fmt: skip


def content(file) -> io.BytesIO:
    with reader(file) as stream:
        return io.BytesIO(stream.read())


def pdf_text(file) -> str:
    pages = pdfium.PdfDocument(content(file))
    return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in pages)


def word_text(file) -> str:
    return "".join("".join(docx.Document(content(file)).element.itertext()).split())


def rows(file) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(content(file)).get_sheet_by_index(0).to_python()


@dataclass
class Drafted:
    """A report of three applications, and the texts of its papers."""

    report: Report
    upper: object
    three: object
    declined: object

    def paper(self, kind):
        return papers(self.report.stream, kind).first()


@pytest.fixture
def drafted(district) -> Drafted:
    upper, three, declined = (district.accepted(level) for level in ("star-4", "star-3", "star-3"))
    district.decide(upper, "star-3", "decide")
    district.decide(upper, "star-4", "recommend")
    district.decide(three, "star-3", "decide")
    district.decide(declined, "star-3", "decide", Outcome.DECLINED, "用云范围不足")
    return Drafted(district.draft(), upper, three, declined)


def test_the_papers_of_a_report(drafted, district):
    """One draft: it takes a while to set five papers."""
    names = {
        name: getattr(drafted, name).application.enterprise.name for name in ("upper", "three", "declined")
    }
    decision, letter = drafted.paper("decision"), drafted.paper("recommendation")
    for paper in (decision, letter, drafted.paper("report"), drafted.paper("summary_table")):
        assert paper.file.kind == "application/pdf"
        assert pdf_text(paper.file)
        assert word_text(paper.word)

    for said in (pdf_text(decision.file), word_text(decision.word)):
        assert names["upper"] in said
        assert names["three"] in said
        assert names["declined"] not in said
        assert "共2家" in said
        assert "三星级" in said
        assert "四星级" not in said
        assert district.authority.co_issuer in said, "the finance bureau signs as well"
    for said in (pdf_text(letter.file), word_text(letter.word)):
        assert names["upper"] in said
        assert names["three"] not in said
        assert "四星级" in said
        assert f"{drafted.report.recipient.issuer}：" in said
        assert district.authority.co_issuer not in said

    table = drafted.paper("summary_table")
    cells = rows(table.sheet)
    head = cells.index(LABELS)
    found = {row[1]: dict(zip(LABELS, row, strict=True)) for row in cells[head + 1 : head + 4]}
    upper, application = found[names["upper"]], drafted.upper.application
    assert upper["统一社会信用代码"] == application.enterprise.uscc
    assert upper["上云支出（万元）"] == pytest.approx(application.spend_fen / 1_000_000)
    assert (upper["申请级别"], upper["评定级别"], upper["推荐级别"]) == ("四星级", "三星级", "四星级")
    assert upper["意见"] == "评定三星级：通过；推荐四星级：通过"
    assert found[names["declined"]]["评定级别"] == "—"
    assert "未通过" in found[names["declined"]]["意见"]
    person = application.answers["contact_name"], application.answers["contact_mobile"]
    assert (upper["联系人"], upper["联系电话"]) == person
    total = dict(zip(LABELS, cells[head + 4], strict=True))
    spent = sum(getattr(drafted, name).application.spend_fen for name in names)
    assert (total["企业名称"], total["评定级别"], total["推荐级别"]) == ("合计 3 家", "2 家", "1 家")
    assert total["上云支出（万元）"] == pytest.approx(spent / 1_000_000)
    for said in (pdf_text(table.file), word_text(table.word)):
        assert to_the_fen(spent) in said
        assert all(word in said for word in (*person, "填表人：", "审核人：", "负责人："))

    plain = drafted.paper("summary_table_plain")
    assert [label for label in LABELS if "联系" not in label] in rows(plain.sheet)
    for said in (pdf_text(plain.file), word_text(plain.word), str(rows(plain.sheet))):
        assert application.enterprise.uscc in said
        assert person[0] not in said
        assert person[1] not in said

    issued = Entry.objects.get(
        stream__name=drafted.report.stream, act="paper.issue", body__contains='"summary_table"'
    )
    assert {issued.facts["file"], issued.facts["word"], issued.facts["sheet"]} == {
        table.file.sha256,
        table.word.sha256,
        table.sheet.sha256,
    }

    # Finance reads of enterprises only; a name that no address has is nothing.
    finance, office = district.actor(Role.COUNTERSIGNER), district.actor()
    assert queries.report_paper(office, drafted.report, "table") == table
    assert queries.report_paper(finance, drafted.report, "table") == plain
    assert queries.report_paper(finance, drafted.report, "decision") == decision
    assert queries.report_paper(office, drafted.report, "summary_table_plain") is None
    assert queries.report_kinds(drafted.report) == {"paper", "table", "decision", "letter"}


def test_a_refusal_is_issued_with_its_reason_and_clause(ground, district, now):
    made = make_application(ground, state="submitted", authority="licheng")
    given = {"reason": "不在本市注册", "clause": "一、1", "actor": district.actor(), "now": now}
    actions.refuse(application=made.application, **given)
    with pytest.raises(Refused):
        actions.refuse(application=made.application, **given)
    paper = papers(made.application.stream, "refusal").get()
    assert paper.number == f"{made.application.number}-N1"
    for said in (pdf_text(paper.file), word_text(paper.word)):
        assert all(word in said for word in ("不予受理通知书", "不在本市注册", "一、1", made.enterprise.name))


@pytest.mark.parametrize(
    ("fen", "said"),
    [(0, "0.00"), (1, "0.000001"), (862_000_000, "862.00"), (1_234_567_890_100, "1,234,567.8901")],
)
def test_money_is_printed_to_the_fen(fen, said):
    assert to_the_fen(fen) == said
