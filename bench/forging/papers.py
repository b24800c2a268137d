"""The files of an invented application: invoices, contract, audit, a screenshot; real ones, sealed in red."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from PIL import Image, ImageDraw
from tests.documents.evidence_reading import invented

from bench.forging.drafts import Draft
from xingyun.documents import samples
from xingyun.documents.raster import page_pixels
from xingyun.documents.samples import Item
from xingyun.documents.tables import written_fen

SEAL = b"q 0.78 0.11 0.09 RG 2.5 w %d %d 74 74 re S %d %d 62 62 re S Q"
RED = (199, 28, 23)


@dataclass(frozen=True)
class Paper:
    """A file of a slot under its name."""

    slot: str
    name: str
    path: Path


def papers(draft: Draft, folder: Path, fonts: Sequence[Path]) -> list[Paper]:
    """All files of a draft; what `draft.papers` says of one changes it or takes another's place."""
    made = [
        Paper("invoices", "发票.pdf", _invoices(draft, folder / f"{draft.n}-i.pdf", fonts)),
        Paper("contracts", "合同.pdf", _contract(draft, folder / f"{draft.n}-c.pdf", fonts)),
        Paper("spend-audit", "审核报告.pdf", _audit(draft, folder / f"{draft.n}-a.pdf", fonts)),
        Paper("screenshots", "截图.png", screenshot(draft, folder / f"{draft.n}-s.png", fonts)),
    ]
    for change in draft.papers.get("changes", ()):
        made = change(made, folder, fonts)
    return made


def sealed(path: Path, dice: random.Random) -> Path:
    """A PDF with a red frame on each page, as a seal leaves red behind."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            x, y = dice.randrange(40, 260), dice.randrange(40, 200)
            page.contents_add(pikepdf.Stream(pdf, SEAL % (x, y, x + 6, y + 6)))
        pdf.save(path, deterministic_id=True)
    return path


def _invoices(draft: Draft, out: Path, fonts: Sequence[Path]) -> Path:
    shown = [bill.facts for bill in draft.bills if bill.file]
    made = invented.pdf(out, fonts, shown, watermark=False)
    return sealed(made, random.Random(draft.n))


def _contract(draft: Draft, out: Path, fonts: Sequence[Path]) -> Path:
    net = draft.amount_fen * 100 // 106
    # The tax of the one line is what is missing to the sum that the ledger has.
    items = (Item("云服务器租用", net), Item("税费调整", draft.amount_fen - net - (net * 6 + 50) // 100, 0))
    day = draft.signed
    return samples.contract(
        out,
        fonts=fonts,
        number=draft.contract,
        buyer=draft.own,
        seller=draft.seller,
        signed_on=f"{day.year}年{day.month}月{day.day}日",
        period=f"{day.year}年{day.month}月至{day.year + 1}年{day.month}月",
        items=items,
        place=f"工业路 {draft.n} 号",
    )


def _audit(draft: Draft, out: Path, fonts: Sequence[Path]) -> Path:
    total = written_fen(draft.reported_fen, "yuan")
    rows = [
        [str(n), bill.facts.number, written_fen(bill.facts.gross_fen, "yuan")]
        for n, bill in enumerate(draft.bills, 1)
    ]
    return samples.letter(
        out,
        fonts=fonts,
        title="关于云服务支出的专项审计报告",
        number=f"云会审字〔2020〕第 {draft.n} 号",
        signers=["云州正衡会计师事务所（特殊普通合伙）"],
        on="2020年9月20日",
        seal_word="报告专用章",
        pieces=[
            {
                "text": f"我们对{draft.own.name} 2020 年 1 月 1 日至 2020 年 8 月 31 日期间的云服务采购支出"
                "进行了专项审计。"
            },
            {"heading": "一、审计结果", "text": f"经审计，采购云服务的支出审定金额为人民币 {total} 元。"},
            {"table": [["序号", "发票", "金额"], *rows, ["合计", "", total]]},
        ],
    )


def screenshot(draft: Draft, out: Path, fonts: Sequence[Path], *, seal: bool = True) -> Path:
    """A system in use: its name, its figures, its bars and its rows are the application's own."""
    dice = random.Random(f"screen {draft.n}")
    menus = ["概览", "任务", "数据", "报表", "设置", "预警", "设备", "库存", "质量", "订单"]
    count = dice.randrange(4, 9)
    samples.screenshot(
        out,
        fonts=fonts,
        system=f"{draft.own.name}{dice.choice(('运营', '协同', '生产', '监控'))}平台",
        page=dice.choice(("概览", "看板", "今日任务")),
        address=f"https://p{draft.n}.example.com/{dice.randrange(999)}",
        user=f"用户{dice.randrange(99)}",
        menu=dice.sample(menus, count),
        figures={name: str(dice.randrange(10, 99_999)) for name in dice.sample(menus, dice.randrange(2, 5))},
        chart=dice.choice(("近七日访问量", "本月产量", "能耗")),
        bars=[dice.randrange(5, 100) for _ in range(dice.randrange(5, 12))],
        rows=[["单号", "状态", "时间"]]
        + [
            [f"D{dice.randrange(9999)}", dice.choice(("完成", "办理中")), "2020-09-18"]
            for _ in range(dice.randrange(1, 7))
        ],
        dpi=100,
    )
    if seal:
        stamp(out, dice)
    return out


def stamp(path: Path, dice: random.Random) -> None:
    """A red ring on a picture."""
    with Image.open(path) as shown:
        image = shown.convert("RGB")
    side = min(image.size) // 5
    x, y = dice.randrange(image.width - side), dice.randrange(image.height - side)
    ImageDraw.Draw(image).ellipse((x, y, x + side, y + side), outline=RED, width=max(4, side // 16))
    image.save(path)


def grey_scan(source: Path, out: Path, fonts: Sequence[Path]) -> Path:
    """A black-and-white scan of a paper, its seal with it."""
    return samples.scan_of(source, out, fonts=fonts)


def pixels(source: Path) -> Image.Image:
    """The first page of a file as a picture."""
    return page_pixels(source, 1, dpi=110)
