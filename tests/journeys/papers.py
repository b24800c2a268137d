"""The files that people have at hand: licence, contract, invoice, audit, screenshots, minutes, scans."""

import re
from pathlib import Path

import pikepdf
import pypdfium2

from xingyun.demo.evidence import ITEMS, PLACE
from xingyun.demo.names import Invented
from xingyun.documents import samples
from xingyun.documents.fonts import find_fonts
from xingyun.documents.samples import Party, Stamp

FONTS = find_fonts()
NET = sum(item.net_fen for item in ITEMS)
TAX = sum(item.tax_fen for item in ITEMS)


def licence(who: Invented, out: Path) -> Path:
    """A photograph of the licence."""
    facts = {"类型": "有限责任公司", "法定代表人": who.person, "住所": PLACE}
    holder = Party(who.name, who.uscc)
    return samples.licence(
        out, fonts=FONTS, holder=holder, authority="市场监督管理局", on="2016年3月8日", facts=facts
    )


def letter(signer: str, title: str, out: Path, number: str = "") -> Path:
    """A sealed paper."""
    pieces = [{"text": f"{signer}就本项说明如下，内容属实。"}]
    return samples.letter(
        out, fonts=FONTS, title=title, number=number, pieces=pieces, signers=[signer], on="2020年10月12日"
    )


def contract(who: Invented, seller: Invented, out: Path) -> Path:
    """A contract that says what was bought."""
    return samples.contract(
        out,
        fonts=FONTS,
        number="HT-001",
        buyer=Party(who.name, who.uscc),
        seller=Party(seller.name, seller.uscc),
        signed_on="2020年3月16日",
        period="2020年3月至2021年3月",
        items=ITEMS,
        place=PLACE,
    )


def invoice(who: Invented, seller: Invented, out: Path) -> Path:
    """An invoice over the contract's sum."""
    return samples.invoice(
        out,
        fonts=FONTS,
        number="00000077",
        code="037002000111",
        issued_on="20200402",
        buyer=Party(who.name, who.uscc),
        seller=Party(seller.name, seller.uscc),
        items=ITEMS,
        words="陆拾捌万零伍佰贰拾圆整",
    )


def screenshot(out: Path) -> Path:
    """A system in use, PNG or JPEG."""
    return samples.screenshot(
        out,
        fonts=FONTS,
        system="生产执行平台",
        page="概览",
        address="https://a.example.com/",
        user="审核岗",
        menu=("概览", "数据"),
        figures={"在线用户": "120"},
        chart="近七日访问量",
        bars=[30, 60, 45, 80, 70, 20, 50],
        rows=[["单号", "状态"], ["D0001", "完成"]],
        dpi=72,
    )


def stamped(booklet: Path, name: str, out: Path) -> Path:
    """The pages in front of the contents printed, sealed on the cover, scanned."""
    stamps = [Stamp(1, 120, 200, name)]
    return samples.scan_of(
        booklet, out, fonts=FONTS, stamps=stamps, pages=in_front(booklet), dpi=150, quality=35
    )


def in_front(booklet: Path) -> list[int]:
    """The places of the pages in front of the contents, which alone say which version it is."""
    document = pypdfium2.PdfDocument(booklet)
    try:
        texts = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    contents = next(n for n, text in enumerate(texts, 1) if re.search(r"第 \d+ 版", text))
    return list(range(1, contents))


def without_page(scan: Path, page: int, out: Path) -> Path:
    """The same scan with a page forgotten in the machine."""
    with pikepdf.open(scan) as pdf:
        del pdf.pages[page - 1]
        pdf.save(out)
    return out


def only_page(scan: Path, page: int, out: Path) -> Path:
    """What was forgotten, by itself."""
    with pikepdf.open(scan) as pdf:
        del pdf.pages[page:]
        del pdf.pages[: page - 1]
        pdf.save(out)
    return out


def for_slot(slot: str, who: Invented, seller: Invented, folder: Path) -> Path:
    """A file that could serve this slot."""
    if "contract" in slot:
        return contract(who, seller, folder / "合同.pdf")
    if "invoice" in slot or "bill" in slot:
        return invoice(who, seller, folder / "发票.pdf")
    if "screen" in slot:
        return screenshot(folder / "使用截图.png")
    if "licen" in slot or "permit" in slot:
        return licence(who, folder / "营业执照.jpg")
    return letter(who.name, "情况说明", folder / f"说明-{slot}.pdf")
