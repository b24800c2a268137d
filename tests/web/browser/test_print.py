"""Paper: the list of materials begins on its first page and is a table there, however narrow paper is."""

import io

import pypdfium2
import pytest
from tests.factories.ground import make_ground

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
MARGIN = dict.fromkeys(("top", "bottom", "left", "right"), "15mm")


def test_the_list_of_materials_on_paper(page, live_server, now):
    ground = make_ground(now)
    page.goto(f"{live_server.url}/self-check/materials/?level=star-4&contracts=no&deployment=private")
    paper = pypdfium2.PdfDocument(io.BytesIO(page.pdf(format="A4", margin=MARGIN)))
    texts = [one.get_textpage().get_text_bounded() for one in paper]
    assert len(texts) <= 3
    first, whole = texts[0].replace("\n", ""), "".join(texts).replace("\n", "").replace("\r", "")
    assert "在哪里说明" in first
    assert "营业执照副本复印件" in first
    assert "打印清单" not in whole
    assert "登录" not in whole
    for material in ground.book.materials:
        assert f"{material.number}. {material.label[:4]}" in whole, material.key
