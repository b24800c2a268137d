"""Invented evidence is believable to the programs that read evidence."""

from pathlib import Path

import pypdfium2 as pdfium
import zxingcpp
from PIL import Image

from xingyun.documents import samples
from xingyun.documents.inspect import inspect
from xingyun.documents.raster import page_pixels

Fonts = tuple[Path, ...]
BUYER = samples.Party("云州市云岫智能制造股份有限公司", "91370199MA3TQ5XK8Y")
SELLER = samples.Party("云州天梭云计算有限公司", "91370199MA3W8R2D89")
ITEMS = (samples.Item("云服务器租用", 400_000_00), samples.Item("对象存储服务", 120_000_00))


def invoice(out: Path, fonts: Fonts, number: str, **more: str) -> Path:
    return samples.invoice(
        out,
        fonts=fonts,
        number=number,
        issued_on="20200312",
        buyer=BUYER,
        seller=SELLER,
        items=ITEMS,
        words="伍拾伍万壹仟贰佰元整",
        **more,
    )


def code_of(path: Path) -> str:
    return zxingcpp.read_barcodes(page_pixels(path, 1, dpi=200))[0].text


def test_an_older_invoice_carries_the_sum_before_tax(fonts: Fonts, tmp_path: Path) -> None:
    path = invoice(tmp_path / "i.pdf", fonts, "80100798", code="011001605111", check="85342965681116380258")
    assert code_of(path).startswith("01,10,011001605111,80100798,520000.00,20200312,85342965681116380258,")


def test_a_digital_invoice_carries_the_sum_with_tax(fonts: Fonts, tmp_path: Path) -> None:
    path = invoice(tmp_path / "i.pdf", fonts, "20371234500012345678")
    assert code_of(path).startswith("01,32,,20371234500012345678,551200.00,20200312,,")
    page = pdfium.PdfDocument(path)[0]
    assert [round(side / 72 * 25.4) for side in page.get_size()] == [210, 140]
    assert SELLER.uscc in page.get_textpage().get_text_bounded()


def test_a_contract_names_its_parties(fonts: Fonts, tmp_path: Path) -> None:
    path = samples.contract(
        tmp_path / "c.pdf",
        fonts=fonts,
        number="HT-2020-031",
        buyer=BUYER,
        seller=SELLER,
        signed_on="2020 年 3 月 2 日",
        period="自 2020 年 3 月 5 日起一年",
        items=ITEMS,
        place="云州市",
    )
    seen = inspect(path)
    assert seen.pages >= 2
    text = "".join(page.get_textpage().get_text_bounded() for page in pdfium.PdfDocument(path))
    assert all(word in text for word in (BUYER.uscc, SELLER.uscc, "HT-2020-031", "551,200.00"))


def test_a_licence_and_a_screen_are_images(fonts: Fonts, tmp_path: Path) -> None:
    licence = samples.licence(
        tmp_path / "l.jpg",
        fonts=fonts,
        holder=BUYER,
        authority="云州市市场监督管理局",
        on="2018 年",
        facts={},
    )
    assert inspect(licence).kind == "jpeg"
    screen = samples.screenshot(
        tmp_path / "s.png",
        fonts=fonts,
        system="云岫 MES",
        page="看板",
        address="https://mes.example.com",
        user="顾长庚",
        menu=["首页", "看板"],
        figures={"工单": "126"},
        chart="产量",
        bars=[40, 60],
        rows=[["工单", "数量"], ["1", "2"]],
    )
    assert inspect(screen).kind == "png"


def test_a_scan_is_grey_where_no_seal_is(fonts: Fonts, tmp_path: Path) -> None:
    source = samples.letter(
        tmp_path / "m.pdf",
        fonts=fonts,
        title="会议纪要",
        pieces=[{"text": "议定。"}],
        signers=["工信局"],
        on="2020 年",
    )
    plain = samples.scan_of(source, tmp_path / "plain.pdf", fonts=fonts)
    stamped = samples.scan_of(
        source, tmp_path / "st.pdf", fonts=fonts, stamps=[samples.Stamp(1, 100, 200, "云岫智能")]
    )
    assert red(page_pixels(plain, 1, dpi=60)) == 0
    assert red(page_pixels(stamped, 1, dpi=60)) > 200
    again = samples.scan_of(
        source, tmp_path / "again.pdf", fonts=fonts, stamps=[samples.Stamp(1, 100, 200, "云岫智能")]
    )
    assert again.read_bytes() == stamped.read_bytes()


def red(image: Image.Image) -> int:
    return sum(r > 150 and g < 110 and b < 110 for r, g, b in image.get_flattened_data())
