"""Invented invoices in every form that they come in, each from the same facts."""

import io
import json
import random
import struct
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import typst
from PIL import Image, ImageFilter, ImageOps

from xingyun.documents import qr
from xingyun.documents.evidence_reading.kinds import BY_CODE, NAMES
from xingyun.documents.fonts import load_fonts
from xingyun.documents.tables import written_fen
from xingyun.rulebook import uscc

CODE_OF = {"paper_special": "01", "paper_ordinary": "04", "electronic_ordinary": "10", "electronic_special": "20",
           "digital_special": "31", "digital_ordinary": "32"}  # fmt: skip
HEAD = ("云州", "齐岳", "海右", "天衢", "历山", "明湖", "泉城路", "东荷")
BODY = ("云岫智能制造", "天梭云计算", "长风数据技术", "启明软件", "青禾信息科技", "砺石精密机械", "沧澜网络")
TAIL = ("有限公司", "股份有限公司", "有限责任公司", "（集团）有限公司")


@dataclass(frozen=True)
class Facts:
    """What an invoice says; sums in fen, the day as ISO date."""

    kind: str
    number: str
    code: str
    issued_on: str
    seller: str
    seller_tax_id: str
    buyer: str
    buyer_tax_id: str
    net_fen: int
    tax_fen: int
    item: str = "*信息技术服务*云服务器租用"
    note: str = ""

    @property
    def gross_fen(self) -> int:
        return self.net_fen + self.tax_fen

    @property
    def digital(self) -> bool:
        return self.kind.startswith("digital")

    @property
    def payload(self) -> str:
        amount = self.gross_fen if self.digital else self.net_fen
        # Real codes do not pad: 112, 6.2, 64.9.
        written = written_fen(amount, "yuan").rstrip("0").rstrip(".")
        check = "" if self.digital else "85342965681116380258"
        day = self.issued_on.replace("-", "")
        return f"01,{CODE_OF[self.kind]},{self.code},{self.number},{written},{day},{check},74AE,"

    def expected(self) -> dict[str, str | int]:
        names = ("kind", "number", "code", "issued_on", "seller", "seller_tax_id", "buyer", "buyer_tax_id")
        said: dict[str, str | int] = {name: getattr(self, name) for name in names if getattr(self, name)}
        return said | {"net_fen": self.net_fen, "tax_fen": self.tax_fen, "gross_fen": self.gross_fen}


def facts(seed: int, kind: str | None = None) -> Facts:
    """The invoice of this seed, of any kind that has a text layer unless one is asked for."""
    dice = random.Random(seed)
    kind = kind or dice.choice(
        ["electronic_ordinary", "electronic_special", "digital_special", "digital_ordinary"]
    )
    digital = kind.startswith("digital")
    net = dice.choice([dice.randrange(1, 100), dice.randrange(100, 10**6), dice.randrange(10**6, 10**10)])
    tax = net * dice.choice([1, 3, 6, 9, 13]) // 100
    year, month, day = dice.randrange(2017, 2025), dice.randrange(1, 13), dice.randrange(1, 29)
    number = (
        f"{dice.randrange(22, 26)}37{dice.randrange(10**15, 10**16)}"
        if digital
        else f"{dice.randrange(10**8):08d}"
    )
    sides = dice.sample(range(10**6), 2)
    return Facts(
        kind=kind,
        number=number,
        code=""
        if digital
        else (
            f"0370020{dice.randrange(10**3):03d}11"
            if kind.startswith("electronic")
            else f"{dice.randrange(10**9, 10**10)}"
        ),
        issued_on=f"{year}-{month:02d}-{day:02d}",
        seller=_name(dice),
        seller_tax_id=uscc.make(sides[0], "370102"),
        buyer=_name(dice),
        buyer_tax_id=uscc.make(sides[1], "370112"),
        net_fen=net,
        tax_fen=tax,
    )


def _name(dice: random.Random) -> str:
    return dice.choice(HEAD) + dice.choice(BODY) + dice.choice(TAIL)


# ── the page ────────────────────────────────────────────────────────────────────────────────────
Piece = tuple[float, float, str, bool]  # x, y in millimetres, text, whether it belongs to the form


def pieces(one: Facts, *, apart: float = 0.0) -> list[Piece]:
    """Every text on the page with its place. `apart` is by how much values lie below their labels."""
    off = apart
    title = NAMES[one.kind][0]
    year, month, day = one.issued_on.split("-")
    net, tax, gross = (written_fen(fen, "yuan") for fen in (one.net_fen, one.tax_fen, one.gross_fen))
    if one.digital:
        return [
            (70, 9, title, True), (150, 10.3, "发票号码：", True), (170, 10.3 + off, one.number, False),
            (150, 16.4, "开票日期：", True), (170, 16.4 + off, f"{year}年{month}月{day}日", False),
            (7, 33, "购", True), (7, 37, "买", True), (7, 41, "方", True), (106, 33, "销", True), (106, 37, "售", True),
            (106, 41, "方", True), (12, 33.8, "名称：", True), (22, 33.8 + off, one.buyer, False),
            (111, 33.8, "名称：", True), (121, 33.8 + off, one.seller, False),
            (12, 43.3, "统一社会信用代码/纳税人识别号：", True), (68, 43.3 + off, one.buyer_tax_id, False),
            (111, 43.3, "统一社会信用代码/纳税人识别号：", True), (166, 43.3 + off, one.seller_tax_id, False),
            (12, 50.5, "项目名称", True), (140, 50.5, "金额", True), (180, 50.5, "税额", True),
            (8, 56, one.item, False), (100, 56, "项", False), (112, 56, "1", False), (140, 56, net, False),
            (165, 56, "6%", False), (180, 56, tax, False),
            (20, 90.5, "合", True), (34, 90.5, "计", True), (134, 90.5 + off, f"¥{net}", False),
            (174, 90.5 + off, f"￥{tax}", False),
            (12, 96, "价税合计（大写）", True), (60, 96 + off, f"⊗{capitals(one.gross_fen)}", False),
            (140, 96, "（小写）", True), (156, 96 + off, f"¥{gross}", False),
            (8, 103, "备注", True), (20, 103, one.note, False), (8, 122, "开票人：", True), (22, 122, "苏问渠", False),
        ]  # fmt: skip
    return [
        (70, 9, title, True), (150, 6, "发票代码：", True), (170, 6 + off, one.code, False),
        (150, 11.5, "发票号码：", True), (170, 11.5 + off, one.number, False),
        (150, 17, "开票日期：", True), (170, 17 + off, f"{year}年{month}月{day}日", False),
        (150, 22.5, "校 验 码：", True), (168, 22.5 + off, "85342 96568 11163 80258", False),
        (7, 30, "购", True), (7, 35, "买", True), (7, 40, "方", True),
        (14, 30, "名        称：", True), (42, 30 + off, one.buyer, False),
        (14, 35.5, "纳税人识别号：", True), (42, 35.5 + off, one.buyer_tax_id, False),
        (14, 41, "地 址、电 话：", True), (42, 41, "云州市工业北路 21 号 0531-88880000", False),
        (14, 46.5, "开户行及账号：", True), (42, 46.5, "云州银行 1602 0000 0920 0123 456", False),
        (122, 30, "密", True), (122, 35.5, "码", True), (122, 41, "区", True),
        (130, 30, "03*5/<8>4-+2/6<91*07", False), (130, 35.5, "4<75>0/*+8861<92/347", False),
        (20, 52, "货物或应税劳务、服务名称", True), (140, 52, "金 额", True), (180, 52, "税 额", True),
        (8, 58, one.item, False), (112, 58, "1", False), (140, 58, net, False), (165, 58, "6%", False),
        (180, 58, tax, False),
        (20, 88, "合", True), (44, 88, "计", True), (134, 88 + off, f"￥{net}", False),
        (174, 88 + off, f"¥{tax}", False),
        (14, 95, "价税合计（大写）", True), (60, 95 + off, f"ⓧ{capitals(one.gross_fen)}", False),
        (140, 95, "（小写）", True), (156, 95 + off, f"¥{gross}", False),
        (7, 102, "销", True), (7, 107, "售", True), (7, 112, "方", True),
        (14, 102, "名        称：", True), (42, 102 + off, one.seller, False),
        (14, 107.5, "纳税人识别号：", True), (42, 107.5 + off, one.seller_tax_id, False),
        (14, 113, "地 址、电 话：", True), (42, 113, "云州市历山路 8 号 0531-66660000", False),
        (14, 126, "收款人：", True), (70, 126, "复核：", True), (120, 126, "开票人：", True), (135, 126, "苏问渠", False),
    ]  # fmt: skip


def pdf(
    out: Path,
    fonts: Sequence[Path],
    invoices: Sequence[Facts],
    *,
    per_page: int = 1,
    spaced: bool = False,
    apart: bool = False,
    with_code: bool = True,
    watermark: bool = True,
    turn: int = 0,
    code_of: Facts | None = None,
) -> Path:
    """Invoices on pages: labels first in the file, values behind them in any order, a watermark between.

    `per_page` of them stand below each other, `spaced` puts a space between all characters, `code_of` lends its code, `turn` sets
    the text turned by degrees on a page of the other format.
    """
    sheets = []
    for start in range(0, len(invoices), per_page):
        here = invoices[start : start + per_page]
        body = [
            _placed(one, n * 140.0, spaced, apart, (code_of or one).payload if with_code else "", watermark)
            for n, one in enumerate(here)
        ]
        sheets.append((len(here), "\n".join(body)))
    pages = []
    for count, body in sheets:
        width, height = 210, 140 * count
        if turn:
            size = (height, width) if turn % 180 else (width, height)
            inner = f"#place(center + horizon, rotate({turn}deg, reflow: true, block(width: {width}mm, height: {height}mm)[{body}]))"
            pages.append(f"#page(width: {size[0]}mm, height: {size[1]}mm)[{inner}]")
        else:
            pages.append(f"#page(width: {width}mm, height: {height}mm)[{body}]")
    source = '#set page(margin: 0mm)\n#set text(font: FONTS, size: 9pt, lang: "zh")\n' + "\n".join(pages)
    return _typeset(out, fonts, source)


def prose(out: Path, fonts: Sequence[Path], title: str, paragraphs: Sequence[str]) -> Path:
    """A page of text that is no invoice."""
    body = "\n#parbreak()\n".join(f"#text({json.dumps(text, ensure_ascii=False)})" for text in paragraphs)
    source = (
        f"#set text(font: FONTS, size: 12pt)\n#align(center)[#text(size: 20pt)[{title}]]\n#parbreak()\n{body}"
    )
    return _typeset(out, fonts, source)


def _typeset(out: Path, fonts: Sequence[Path], source: str) -> Path:
    loaded = load_fonts(tuple(fonts))
    names = ", ".join(json.dumps(name) for name in loaded.roles["song"])
    typst.compile(
        source.replace("FONTS", f"({names},)").encode(),
        output=str(out),
        font_paths=loaded.loaded,
        ignore_system_fonts=True,
        timestamp=0,
    )
    return out


def _placed(one: Facts, down: float, spaced: bool, apart: bool, payload: str, watermark: bool) -> str:
    # Small print is off by less.
    found = pieces(one, apart=(0.3 if spaced else 0.6) * apart)
    values = [piece for piece in found if not piece[3]]
    random.Random(one.number).shuffle(values)
    ordered = [piece for piece in found if piece[3]] + [piece for piece in values if piece[2]]
    out = []
    if payload:
        svg = json.dumps(qr.svg(payload))
        out.append(f'#place(dx: 6.5mm, dy: {down + 6}mm, image(bytes({svg}), format: "svg", width: 20mm))')
    for n, (x, y, text, _label) in enumerate(ordered):
        if watermark and n % 9 == 4:
            out.append(
                f"#place(dx: {60 + n}mm, dy: {down + 66 + n % 5 * 4}mm, rotate(-30deg, text(fill: luma(220), size: 16pt)[样张]))"
            )
        shown = " ".join(text.replace(" ", "")) if spaced else text
        out.append(
            f"#place(dx: {x}mm, dy: {down + y}mm, text(size: {5.2 if spaced else 9}pt, {json.dumps(shown, ensure_ascii=False)}))"
        )
    return "\n".join(out)


# ── capital numerals ────────────────────────────────────────────────────────────────────────────
def capitals(fen: int) -> str:
    """伍拾伍万壹仟贰佰圆整."""
    if fen < 0:
        return "负" + capitals(-fen)
    yuan, small = divmod(fen, 100)
    digits, out = "零壹贰叁肆伍陆柒捌玖", ""
    groups = [(yuan // 10**8, "亿"), (yuan // 10**4 % 10**4, "万"), (yuan % 10**4, "")]
    for group, name in groups:
        if not group:
            continue
        if out and (group < 1000):
            out += "零"
        zero = False
        for place, unit in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
            digit = group // place % 10
            if digit:
                out += ("零" if zero else "") + digits[digit] + unit
                zero = False
            elif out and group % place and group // (place * 10):
                zero = True
        out += name
    out = (out or "零") + "圆"
    if not small:
        return out + "整"
    tenth, hundredth = divmod(small, 10)
    return out + (f"{digits[tenth]}角" if tenth else "零") + (f"{digits[hundredth]}分" if hundredth else "整")


# ── XML ─────────────────────────────────────────────────────────────────────────────────────────
def xml(one: Facts) -> bytes:
    """A fully digital invoice as the tax platform writes it."""
    net, tax, gross = (written_fen(fen, "yuan") for fen in (one.net_fen, one.tax_fen, one.gross_fen))
    label = "01" if one.kind == "digital_special" else "02"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<EInvoice><Header><EIid>{one.number}</EIid><EInvoiceTag>SWEI3200</EInvoiceTag><Version>0.2</Version>
<InherentLabel><GeneralOrSpecialVAT><LabelCode>{label}</LabelCode><LabelName>发票</LabelName></GeneralOrSpecialVAT></InherentLabel></Header>
<EInvoiceData><SellerInformation><SellerIdNum>{one.seller_tax_id}</SellerIdNum><SellerName>{one.seller}</SellerName></SellerInformation>
<BuyerInformation><BuyerIdNum>{one.buyer_tax_id}</BuyerIdNum><BuyerName>{one.buyer}</BuyerName></BuyerInformation>
<BasicInformation><TotalAmWithoutTax>{net}</TotalAmWithoutTax><TotalTaxAm>{tax}</TotalTaxAm>
<TotalTax-includedAmount>{gross}</TotalTax-includedAmount><RequestTime>{one.issued_on} 10:11:12</RequestTime></BasicInformation>
<IssuItemInformation><ItemName>{one.item}</ItemName><Amount>1.00</Amount><ComTaxAm>0.06</ComTaxAm>
<TotaltaxIncludedAmount>1.06</TotaltaxIncludedAmount></IssuItemInformation></EInvoiceData>
<TaxSupervisionInfo><InvoiceNumber>{one.number}</InvoiceNumber><IssueTime>{one.issued_on} 10:11:12</IssueTime></TaxSupervisionInfo>
</EInvoice>""".encode()


# ── OFD ─────────────────────────────────────────────────────────────────────────────────────────
EVERYTHING = ("attached", "data", "tags", "page", "code")


def ofd(
    out: Path,
    one: Facts,
    *,
    parts: Sequence[str] = EVERYTHING,
    jbig2: bool = False,
    broken_tags: bool = False,
) -> Path:
    """An OFD with those `parts` of what real ones carry; folders and names are not the usual ones."""
    year, month, day = one.issued_on.split("-")
    net, tax, gross = (written_fen(fen, "yuan") for fen in (one.net_fen, one.tax_fen, one.gross_fen))
    data = {"发票号码": one.number, "发票代码": one.code, "开票日期": f"{year}年{month}月{day}日", "合计金额": net, "合计税额": tax,
            "购买方纳税人识别号": one.buyer_tax_id, "销售方纳税人识别号": one.seller_tax_id}  # fmt: skip
    custom = "".join(f'<ofd:CustomData Name="{k}">{v}</ofd:CustomData>' for k, v in data.items() if v)
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    labels, values, ids = "", "", {}
    for n, (x, y, text, label) in enumerate(pieces(one), 100):
        steps = " ".join("3.1" if sign >= "\u2e80" else "1.6" for sign in text[:-1])
        delta = (
            f' DeltaX="{steps}"'
            if n % 2
            else (
                f' DeltaX="g {len(text) - 1} 3.1"'
                if text.isascii() is False and all(s >= "\u2e80" for s in text) and len(text) > 1
                else f' DeltaX="{steps}"'
            )
        )
        piece = (f'<ofd:TextObject ID="{n}" Boundary="{x} {y} 60 4" Font="9" Size="3.175"><ofd:TextCode X="0" Y="3"{delta}>'
                 f"{_escaped(text)}</ofd:TextCode></ofd:TextObject>")  # fmt: skip
        ids[text] = n
        labels, values = (labels + piece, values) if label else (labels, values + piece)
    # Real pages carry text that lies outside of the paper.
    values += '<ofd:TextObject ID="98" Boundary="400 10 60 4" Font="9" Size="3"><ofd:TextCode X="0" Y="3">发票号码：00000000</ofd:TextCode></ofd:TextObject>'
    refs = {"InvoiceNo": one.number, "IssueDate": f"{year}年{month}月{day}日", "BuyerName": one.buyer, "SellerName": one.seller,
            "BuyerTaxID": one.buyer_tax_id, "SellerTaxID": one.seller_tax_id, "InvoiceCode": one.code}  # fmt: skip
    tags = "".join(
        f'<{k}><ofd:ObjectRef PageRef="1">{ids[v]}</ofd:ObjectRef></{k}>' for k, v in refs.items() if v
    )
    attached = f"""{head}<fp:eInvoice xmlns:fp="http://www.edrm.org.cn/schema/e-invoice/2019" Version="0.2"><fp:DocID>44</fp:DocID>
<fp:InvoiceCode>{one.code}</fp:InvoiceCode><fp:InvoiceNo>{one.number}</fp:InvoiceNo><fp:IssueDate>{year}年{month}月{day}日</fp:IssueDate>
<fp:Buyer><fp:BuyerName>{one.buyer}</fp:BuyerName><fp:BuyerTaxID>{one.buyer_tax_id}</fp:BuyerTaxID></fp:Buyer>
<fp:Seller><fp:SellerName>{one.seller}</fp:SellerName><fp:SellerTaxID>{one.seller_tax_id}</fp:SellerTaxID></fp:Seller>
<fp:TaxInclusiveTotalAmount>{gross}</fp:TaxInclusiveTotalAmount><fp:TaxTotalAmount>{tax}</fp:TaxTotalAmount>
<fp:TaxExclusiveTotalAmount>{net}</fp:TaxExclusiveTotalAmount><fp:GoodsInfos><fp:GoodsInfo><fp:Amount>1</fp:Amount></fp:GoodsInfo></fp:GoodsInfos>
</fp:eInvoice>"""
    picture = "pic.jb2" if jbig2 else "pic.png"
    document = (
        f"{head}<ofd:Document {space}><ofd:CommonData><ofd:MaxUnitID>9</ofd:MaxUnitID>"
        "<ofd:PageArea><ofd:PhysicalBox>0 0 210 140</ofd:PhysicalBox></ofd:PageArea>"
        "<ofd:DocumentRes>res/DocumentRes.xml</ofd:DocumentRes>"
        '<ofd:TemplatePage ID="2" BaseLoc="Tpls/T/Content.xml"/></ofd:CommonData>'
        '<ofd:Pages><ofd:Page ID="1" BaseLoc="pages/P/content.xml"/></ofd:Pages>'
        + ("<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>" if "attached" in parts else "")
        + ("<ofd:CustomTags>Tags/CustomTags.xml</ofd:CustomTags>" if "tags" in parts else "")
        + "</ofd:Document>"
    )
    files = {
        "OFD.xml": f'{head}<ofd:OFD {space} Version="1.1" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID>'
        f"<ofd:CustomDatas>{custom if 'data' in parts else ''}</ofd:CustomDatas></ofd:DocInfo>"
        "<ofd:DocRoot>/doc_A/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_A/Document.xml": document,
        "Doc_A/Tpls/T/Content.xml": f"{head}<ofd:Page {space}><ofd:Content><ofd:Layer>{labels if 'page' in parts else ''}</ofd:Layer></ofd:Content></ofd:Page>",
        "Doc_A/Pages/P/Content.xml": f'{head}<ofd:Page {space}><ofd:Template TemplateID="2"/><ofd:Content><ofd:Layer>'
        f"{values if {'page', 'tags'} & set(parts) else ''}</ofd:Layer></ofd:Content></ofd:Page>",
        "Doc_A/res/DocumentRes.xml": f'{head}<ofd:Res {space} BaseLoc="Pics"><ofd:MultiMedias><ofd:MultiMedia ID="3" Type="Image">'
        f"<ofd:MediaFile>{picture}</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>",
    }
    if "attached" in parts:
        files["Doc_A/Attachs/Attachments.xml"] = (
            f'{head}<ofd:Attachments {space}><ofd:Attachment ID="8" Name="original_invoice" Format="xml">'
            "<ofd:FileLoc>original_invoice.xml</ofd:FileLoc></ofd:Attachment></ofd:Attachments>"
        )
        files["Doc_A/Attachs/original_invoice.xml"] = attached
    if "tags" in parts:
        files["Doc_A/Tags/CustomTags.xml"] = (
            f'{head}<ofd:CustomTags {space}><ofd:CustomTag TypeID="0"><ofd:FileLoc>CustomTag.xml</ofd:FileLoc></ofd:CustomTag></ofd:CustomTags>'
        )
        ending = "" if broken_tags else "</eInvoice>"
        files["Doc_A/Tags/CustomTag.xml"] = f"{head}<eInvoice {space}>{tags}{ending}"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
        if "code" in parts:
            code = qr.png(one.payload, scale=4)
            archive.writestr(f"Doc_A/res/Pics/{picture}", jbig2_of(code) if jbig2 else code)
    return out


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def jbig2_of(png: bytes) -> bytes:
    """A bilevel picture as a JBIG2 file: one page, one generic region, its bits coded as Group 4 fax."""
    image = Image.open(io.BytesIO(png)).convert("1")
    out = io.BytesIO()
    ImageOps.invert(image.convert("L")).convert("1").save(
        out, format="TIFF", compression="group4", strip_size=1 << 30
    )
    with Image.open(io.BytesIO(out.getvalue())) as tiff:
        offset, length, photometric = tiff.tag_v2[273][0], tiff.tag_v2[279][0], tiff.tag_v2[262]
        fill = tiff.tag_v2.get(266, 1)
    assert fill == 1
    assert photometric in (0, 1)
    bits = out.getvalue()[offset : offset + length]
    width, height = image.size
    page = struct.pack(">IBBBI", 0, 48, 0, 1, 19) + struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)
    region = struct.pack(">IIIIB", width, height, 0, 0, 0) + b"\x01" + bits
    generic = struct.pack(">IBBBI", 1, 38, 0, 1, len(region)) + region
    return b"\x97JB2\r\n\x1a\n" + b"\x01" + struct.pack(">I", 1) + page + generic


# ── scans ───────────────────────────────────────────────────────────────────────────────────────
def worn(
    page: Image.Image,
    *,
    skew: float = 0.0,
    blur: float = 0.0,
    noise: int = 0,
    turn: int = 0,
    dark: float = 1.0,
    seed: int = 1,
) -> Image.Image:
    """A page as a scanner or a telephone sees it: turned, tilted, out of focus, grainy, too dark."""
    seen = page.convert("L")
    if skew:
        seen = seen.rotate(skew, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    if blur:
        seen = seen.filter(ImageFilter.GaussianBlur(blur))
    if noise:
        grain = Image.frombytes("L", seen.size, random.Random(seed).randbytes(seen.width * seen.height))
        seen = Image.blend(seen, grain, noise / 100)
    if dark != 1.0:
        seen = seen.point(lambda value: int(value * dark))
    return seen.rotate(turn, expand=True) if turn else seen


def changed(one: Facts, **values: object) -> Facts:
    """The same invoice with something else in it."""
    return replace(one, **values)  # type: ignore[arg-type]


assert set(CODE_OF.values()) <= set(BY_CODE)
