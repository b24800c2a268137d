"""Evidence of an invented enterprise: contract, invoice, audit, screenshots, licence, each a real file."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from django.conf import settings

from xingyun.applications.models import Booklet
from xingyun.applications.queries.booklets import printed
from xingyun.demo.names import Invented
from xingyun.documents import samples
from xingyun.documents.fonts import find_fonts
from xingyun.documents.samples import Item, Party, Stamp
from xingyun.files import actions as files
from xingyun.files.kinds import for_booklet
from xingyun.files.models import File
from xingyun.files.queries import path
from xingyun.registry.models import Enterprise
from xingyun.rulebook.schema.materials import Slot

PLACE = "工业北路 21 号"
ITEMS = (Item("云服务器租用", 43_200_000), Item("对象存储", 12_600_000), Item("云安全服务", 8_400_000))


@contextmanager
def bench() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="xingyun-demo-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fonts() -> tuple[Path, ...]:
    """The fonts that papers are set in."""
    return find_fonts(settings.FONTS)


def keep(path: Path, now: datetime) -> File:
    """Store a made file."""
    look = for_booklet(path)
    return files.store(source=path, now=now, kind=look.kind, pages=look.pages)


def contract(enterprise: Enterprise, seller: Invented, signed: date, *, cloud: bool, now: datetime) -> File:
    """The contract's copy; one that does not say "cloud" calls the purchase software maintenance."""
    with bench() as folder:
        made = samples.contract(
            folder / "contract.pdf",
            fonts=fonts(),
            number=number_of(enterprise, signed),
            buyer=Party(enterprise.name, enterprise.uscc),
            seller=Party(seller.name, seller.uscc),
            signed_on=f"{signed.year}年{signed.month}月{signed.day}日",
            period=f"{signed.year}年{signed.month}月至{signed.year + 1}年{signed.month}月",
            items=ITEMS,
            place=PLACE,
            title="云服务采购合同" if cloud else "信息系统运维合同",
            subject="云服务" if cloud else "信息系统运维",
        )
        return keep(made, now)


def number_of(enterprise: Enterprise, signed: date) -> str:
    """A contract number."""
    return f"HT{signed:%Y%m}-{enterprise.uscc[9:15]}"


def invoice(enterprise: Enterprise, seller: Invented, number: str, issued: date, now: datetime) -> File:
    """The invoice's copy."""
    with bench() as folder:
        made = samples.invoice(
            folder / "invoice.pdf",
            fonts=fonts(),
            number=number,
            code="037002000111",
            issued_on=f"{issued:%Y%m%d}",
            buyer=Party(enterprise.name, enterprise.uscc),
            seller=Party(seller.name, seller.uscc),
            items=ITEMS,
            words="陆拾捌万零伍佰贰拾圆整",
        )
        return keep(made, now)


def letter(enterprise: Enterprise, title: str, text: str, on: str, now: datetime, seal: str = "") -> File:
    """A sealed paper: audit report, statement, authorisation, minutes."""
    with bench() as folder:
        made = samples.letter(
            folder / "letter.pdf",
            fonts=fonts(),
            title=title,
            pieces=[{"text": text}],
            signers=[seal or enterprise.name],
            on=on,
            seal_word="公章",
        )
        return keep(made, now)


def licence(enterprise_name: str, code: str, person: str, authority: str, now: datetime) -> File:
    """The licence as a photograph."""
    with bench() as folder:
        made = samples.licence(
            folder / "licence.jpg",
            fonts=fonts(),
            holder=Party(enterprise_name, code),
            authority=authority,
            on="2016年3月8日",
            facts={"类型": "有限责任公司", "法定代表人": person, "注册资本": "伍仟万元整", "住所": PLACE},
        )
        return keep(made, now)


def screenshot(enterprise: Enterprise, n: int, now: datetime) -> File:
    """A system in use."""
    systems = ("协同办公", "财务共享", "生产执行", "设备监控", "客户管理", "供应链协同")
    system = systems[n % len(systems)]
    with bench() as folder:
        made = samples.screenshot(
            folder / ("screen.jpg" if n % 2 else "screen.png"),
            fonts=fonts(),
            system=f"{enterprise.name[:8]}{system}平台",
            page=f"{system}概览",
            address=f"https://{'abcdef'[n % 6]}.example.com/{n}",
            user="审核岗",
            menu=("概览", "任务", "数据", "报表", "设置"),
            figures={"在线用户": str(120 + n * 7), "本月单据": str(2_340 + n * 31), "可用率": "99.98%"},
            chart="近七日访问量",
            bars=[30 + (n * 13 + k * 17) % 65 for k in range(7)],
            rows=[
                ["单号", "状态", "时间"],
                [f"D{n:04d}", "完成", "2020-09-18"],
                [f"D{n + 1:04d}", "办理中", "2020-09-19"],
            ],
            dpi=72,
        )
        return keep(made, now)


def stamped_scan(booklet: Booklet, enterprise: Enterprise, now: datetime) -> File:
    """The pages to be stamped, printed, sealed where a seal belongs, and scanned."""
    assert booklet.file is not None
    sheets = [sheet for sheet in printed(booklet) if sheet.needed]
    with bench() as folder:
        made = samples.scan_of(
            path(booklet.file),
            folder / "scan.pdf",
            fonts=fonts(),
            stamps=[Stamp(sheet.place, x, y, enterprise.name) for sheet in sheets for x, y in sheet.seals],
            pages=[sheet.place for sheet in sheets],
            dpi=150,
            quality=35,
        )
        return keep(made, now)


def authorisation(name: str, person: str, now: datetime) -> File:
    """The sealed letter by which an enterprise authorises its first person."""
    with bench() as folder:
        made = samples.letter(
            folder / "authorisation.pdf",
            fonts=fonts(),
            title="授权委托书",
            pieces=[{"text": f"兹授权 {person} 办理本单位在线申报的注册、填报和材料提交事宜。"}],
            signers=[name],
            on="2020年8月1日",
            seal_word="公章",
        )
        return keep(made, now)


def for_slot(
    enterprise: Enterprise, who: Invented, slot: Slot, seller: Invented, cloud: bool, now: datetime
) -> tuple[str, File]:
    """A file name and a file that could serve this slot; one that is unknown here gets a sealed paper."""
    key, name = slot.key, slot.name.zh.replace("／", "或")
    if "contract" in key:
        return f"{name}.pdf", contract(enterprise, seller, date(2020, 3, 16), cloud=cloud, now=now)
    if "invoice" in key:
        return f"{name}.pdf", invoice(enterprise, seller, f"{who.n:08d}", date(2020, 4, 2), now)
    if "screen" in key:
        return f"{name}.png", screenshot(enterprise, who.n, now)
    if "licen" in key:
        photo = licence(enterprise.name, enterprise.uscc, who.person, "市场监督管理局", now)
        return f"{name}.jpg", photo
    text = f"{enterprise.name}的{name}。所述情况、数据与原始凭证核对一致，内容真实、完整。"
    return f"{name}.pdf", letter(enterprise, name, text, "2020年8月1日", now)


def minutes(office: str, number: str, now: datetime) -> File:
    """The minutes of an office's meeting."""
    with bench() as folder:
        made = samples.letter(
            folder / "minutes.pdf",
            fonts=fonts(),
            title="会议纪要",
            number=number,
            pieces=[{"text": "会议听取了申报材料审核情况，集体研究了评定和推荐名单，同意按程序上报。"}],
            signers=[office],
            on=f"{now.year}年{now.month}月{now.day}日",
        )
        return keep(made, now)
