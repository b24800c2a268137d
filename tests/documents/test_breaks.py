"""Where official documents break: no page of names and date alone, no heading without its text."""

from pathlib import Path

import pypdfium2 as pdfium
import pytest
from tests.documents import data

from xingyun.documents.render import render

Fonts = tuple[Path, ...]
ISSUER = "云州市工业和信息化局"


def pages(path: Path) -> list[list[str]]:
    """The lines of each page without its number."""
    texts = [page.get_textpage().get_text_bounded() for page in pdfium.PdfDocument(path)]
    found = [[line.strip() for line in text.splitlines()] for text in texts]
    return [[line for line in lines if line and "—" not in line] for lines in found]


@pytest.mark.parametrize("rows", range(1, 13))
def test_names_and_date_never_stand_alone(rows: int, fonts: Fonts, tmp_path: Path) -> None:
    sample = {
        "issuers": [ISSUER],
        "number": "〔2020〕　号",
        "title": "关于公布 2020 年星级上云企业\n名单的通知",
        "body": [{"text": f"经评定和公示，现认定下列企业为 2020 年星级上云企业，共 {rows} 家，予以公布。"}],
        "closing": [{"text": "特此通知。"}],
        "tables": [
            {
                "columns": [{"label": "序号", "width": 12}, {"label": "企业名称"}],
                "rows": [[str(n + 1), data.ENTERPRISE] for n in range(rows)],
            }
        ],
        "signatures": [{"name": ISSUER, "key": "seal:issuer"}],
        "date": "2020 年 8 月 25 日",
    }
    last = pages(render("announcement", sample, fonts=fonts, out=tmp_path / "a.pdf").path)[-1]
    assert "特此通知。" in last
    assert ISSUER in last


@pytest.mark.parametrize("lines", range(1, 9))
def test_a_heading_stays_with_its_text(lines: int, fonts: Fonts, tmp_path: Path) -> None:
    results = [{"text": f"评定三星级：通过 {n} 家。"} for n in range(lines)]
    body = [
        {"text": "现将结果报告如下。"},
        {"kind": "h1", "text": "一、结果"},
        *results,
        {"kind": "h1", "text": "二、报送材料"},
        {"text": "三星级认定结果，纸质版一份，盖章；推荐的四、五星级申报书，胶装成册一份，盖章。"},
    ]
    made = render("report", {**data.report_data(), "body": body}, fonts=fonts, out=tmp_path / "r.pdf")
    assert all(page[-1] != "二、报送材料" for page in pages(made.path) if page)
