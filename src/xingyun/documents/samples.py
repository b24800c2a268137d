"""Believable evidence for rehearsals and tests: everything in it is invented by whoever calls.

Each function writes one file and returns its path. The same arguments give the same bytes.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from PIL import Image, ImageChops

from xingyun.documents.raster import page_pixels
from xingyun.documents.render import render, render_png
from xingyun.documents.tables import written_fen

MM = 25.4


@dataclass(frozen=True)
class Party:
    """A buyer or seller."""

    name: str
    uscc: str


@dataclass(frozen=True)
class Item:
    """A line of a contract or invoice: net fen and tax rate in per cent."""

    name: str
    net_fen: int
    rate: int = 6

    @property
    def tax_fen(self) -> int:
        """Tax, rounded to the fen."""
        return (self.net_fen * self.rate + 50) // 100


@dataclass(frozen=True)
class Stamp:
    """A seal to press onto a scanned page: its centre in millimetres from the top left corner."""

    page: int
    x: float
    y: float
    name: str


def contract(
    out: Path,
    *,
    fonts: Sequence[Path],
    number: str,
    buyer: Party,
    seller: Party,
    signed_on: str,
    period: str,
    items: Sequence[Item],
    place: str,
    title: str = "云服务采购合同",
    subject: str = "云服务",
) -> Path:
    """A sealed purchase contract of three or four pages; `subject` is what is said to be bought."""
    gross = sum(item.net_fen + item.tax_fen for item in items)
    data = {
        "title": title,
        "number": number,
        "signed_on": signed_on,
        "place": place,
        "sides": [_side("甲方（采购方）", buyer), _side("乙方（服务方）", seller)],
        "articles": _articles(subject, period, items, gross),
    }
    return render("samples/contract", data, fonts=fonts, out=out).path


def _side(label: str, party: Party) -> dict[str, str]:
    return {"label": label, "name": party.name, "uscc": party.uscc}


def _articles(subject: str, period: str, items: Sequence[Item], gross: int) -> list[dict[str, object]]:
    rows = [(item.name, "1 项", _yuan(item.net_fen + item.tax_fen)) for item in items]
    texts = (
        ("服务期限", f"本合同的服务期限为{period}。期满前三十日双方可以协商续订。"),
        ("交付与验收", "乙方在合同生效后十个工作日内开通全部资源并交付账号，甲方在五个工作日内完成验收。"),
        ("服务保证", "乙方保证月度可用性不低于 99.95%，每日备份，数据保存在境内，故障在三十分钟内响应。"),
        ("付款方式", "甲方在收到乙方开具的增值税发票后十五个工作日内，以银行转账方式支付。"),
        (
            "数据安全与保密",
            "甲方的业务数据归甲方所有，乙方不得用于本合同以外的目的；合同终止后三十日内删除。",
        ),
        ("违约责任", "任何一方不履行本合同约定义务的，应当承担继续履行、采取补救措施或者赔偿损失的责任。"),
        ("争议解决", "因本合同发生的争议，双方协商解决；协商不成的，提交甲方所在地人民法院诉讼解决。"),
        ("其他", "本合同一式四份，双方各执两份，自双方盖章之日起生效。"),
    )
    first: dict[str, object] = {
        "title": "采购内容和价款",
        "text": f"甲方向乙方采购下列{subject}，价款共计人民币 {_yuan(gross)} 元（含税）。",
        "table": rows,
    }
    rest: list[dict[str, object]] = [{"title": title, "text": text} for title, text in texts]
    return [first, *rest]


def invoice(
    out: Path,
    *,
    fonts: Sequence[Path],
    number: str,
    issued_on: str,
    buyer: Party,
    seller: Party,
    items: Sequence[Item],
    words: str,
    code: str = "",
    check: str = "",
    clerk: str = "苏问渠",
    note: str = "",
) -> Path:
    """An e-invoice with its QR code; `issued_on` is yyyymmdd, a `number` of 20 digits is a fully digital one.

    `words` is the sum in capital numerals, `code` and `check` belong to the older kind.
    """
    net, tax = sum(item.net_fen for item in items), sum(item.tax_fen for item in items)
    digital = len(number) == 20
    # The older kinds carry the sum before tax, the fully digital ones the sum with tax.
    amount = written_fen(net + tax if digital else net, "yuan")
    kind = "32" if digital else "10"
    data = {
        "kind": "电子发票（普通发票）" if digital else "增值税电子普通发票",
        "stamp": "全国统一发票监制章",
        "qr": f"01,{kind},{code},{number},{amount},{issued_on},{check},74AE",
        "number": number,
        "code": code,
        "issued_on": f"{issued_on[:4]}年{issued_on[4:6]}月{issued_on[6:]}日",
        "buyer": {"name": buyer.name, "uscc": buyer.uscc},
        "seller": {"name": seller.name, "uscc": seller.uscc},
        "items": [_invoice_line(item) for item in items],
        "net": written_fen(net, "yuan"),
        "tax": written_fen(tax, "yuan"),
        "gross": written_fen(net + tax, "yuan"),
        "words": words,
        "note": note,
        "clerk": clerk,
    }
    return render("samples/invoice", data, fonts=fonts, out=out).path


def _invoice_line(item: Item) -> dict[str, str]:
    return {
        "name": f"*信息技术服务*{item.name}",
        "unit": "项",
        "count": "1",
        "net": written_fen(item.net_fen, "yuan"),
        "rate": f"{item.rate}%",
        "tax": written_fen(item.tax_fen, "yuan"),
    }


def screenshot(
    out: Path,
    *,
    fonts: Sequence[Path],
    system: str,
    page: str,
    address: str,
    user: str,
    menu: Sequence[str],
    figures: Mapping[str, str],
    chart: str,
    bars: Sequence[int],
    rows: Sequence[Sequence[str]],
    dpi: int = 110,
) -> Path:
    """A browser window with a system in use; PNG or JPEG by the suffix of `out`. `bars` run from 0 to 100."""
    data = {
        "system": system,
        "page": page,
        "address": address,
        "user": user,
        "menu": list(menu),
        "figures": [{"label": label, "value": value} for label, value in figures.items()],
        "chart": chart,
        "bars": list(bars),
        "rows": [list(row) for row in rows],
    }
    return _image(out, render_png("samples/screen", data, fonts=fonts, dpi=dpi))


def licence(
    out: Path,
    *,
    fonts: Sequence[Path],
    holder: Party,
    authority: str,
    on: str,
    facts: Mapping[str, str],
    dpi: int = 100,
) -> Path:
    """A business licence as a photograph (JPEG or PNG by suffix); `facts` are label → value."""
    data = {
        "title": "营业执照",
        "copy": "（副　本）",
        "uscc": holder.uscc,
        "authority": authority,
        "on": on,
        "facts": [
            {"label": label, "value": value} for label, value in {"名称": holder.name, **facts}.items()
        ],
    }
    return _image(out, render_png("samples/licence", data, fonts=fonts, dpi=dpi))


def letter(
    out: Path,
    *,
    fonts: Sequence[Path],
    title: str,
    pieces: Sequence[Mapping[str, object]],
    signers: Sequence[str],
    on: str,
    number: str = "",
    issuer_line: str = "",
    seal_word: str = "",
) -> Path:
    """A sealed paper: report, minutes, statement. A piece has `heading`, `text`, `table` (names first)."""
    data = {
        "title": title,
        "number": number,
        "issuer_line": issuer_line,
        "pieces": [dict(piece) for piece in pieces],
        "signers": list(signers),
        "on": on,
        "seal_word": seal_word,
    }
    return render("samples/letter", data, fonts=fonts, out=out).path


def scan_of(
    source: Path,
    out: Path,
    *,
    fonts: Sequence[Path],
    stamps: Sequence[Stamp] = (),
    pages: Sequence[int] | None = None,
    dpi: int = 110,
    quality: int = 45,
) -> Path:
    """Print, stamp and scan `source`: its `pages` (from 1, all by default) as JPEG pages with red seals."""
    seals = {stamp.name: _seal(stamp.name, fonts, dpi) for stamp in stamps}
    with pikepdf.new() as scan:
        for page in pages or range(1, _count(source) + 1):
            image = page_pixels(source, page, dpi=dpi, max_pixels=20_000_000)
            here = [stamp for stamp in stamps if stamp.page == page]
            for stamp in here:
                _press(image, seals[stamp.name], stamp, dpi)
            _add(scan, image if here else image.convert("L"), dpi, quality)
        scan.save(out, deterministic_id=True)
    return out


def _seal(name: str, fonts: Sequence[Path], dpi: int) -> Image.Image:
    drawn = render_png("samples/stamp", {"name": name}, fonts=fonts, dpi=dpi)
    return Image.open(io.BytesIO(drawn)).convert("RGBA").rotate(7, Image.Resampling.BICUBIC)


def _press(image: Image.Image, seal: Image.Image, stamp: Stamp, dpi: int) -> None:
    """Ink darkens the paper, it does not cover the print."""
    left = round(stamp.x / MM * dpi - seal.width / 2)
    top = round(stamp.y / MM * dpi - seal.height / 2)
    ink = Image.new("RGB", image.size, "white")
    ink.paste(seal.convert("RGB"), (left, top), seal.getchannel("A").point(lambda a: a * 9 // 10))
    image.paste(ImageChops.multiply(image, ink))


def _add(scan: pikepdf.Pdf, image: Image.Image, dpi: int, quality: int) -> None:
    data = io.BytesIO()
    image.save(data, format="JPEG", quality=quality)
    stream = pikepdf.Stream(scan, data.getvalue())
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.Width, stream.Height, stream.BitsPerComponent = image.width, image.height, 8
    stream.ColorSpace = pikepdf.Name.DeviceGray if image.mode == "L" else pikepdf.Name.DeviceRGB
    stream.Filter = pikepdf.Name.DCTDecode
    width, height = image.width / dpi * 72, image.height / dpi * 72
    page = scan.add_blank_page(page_size=(round(width, 2), round(height, 2)))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=stream))
    page.Contents = pikepdf.Stream(scan, f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /I Do Q".encode())


def _count(source: Path) -> int:
    with pikepdf.open(source) as pdf:
        return len(pdf.pages)


def _image(out: Path, png: bytes) -> Path:
    if out.suffix.lower() in (".jpg", ".jpeg"):
        Image.open(io.BytesIO(png)).convert("RGB").save(out, format="JPEG", quality=80)
    else:
        out.write_bytes(png)
    return out


def _yuan(fen: int) -> str:
    return f"{fen // 100:,}.{fen % 100:02d}"
