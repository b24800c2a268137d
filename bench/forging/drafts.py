"""What one invented application says: its people, its contract, its invoices, its audit, its words."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.documents.evidence_reading.invented import Facts

from xingyun.demo.names import applicant
from xingyun.documents.samples import Party
from xingyun.rulebook import uscc

DIVISION = "370102"
FIRST = ("泉畔", "鹊山", "北辰", "汇川", "岱青", "长风", "天梭", "启明", "青禾", "沧澜")
SECOND = ("云计算", "云数据服务", "工业互联", "云链软件", "数据技术", "智能科技")
# Behind those whom a rehearsal brings along.
_APPLICANT_FROM, _PROVIDER_FROM = 10_000, 700_000
SUBJECTS = (
    "生产执行",
    "仓储",
    "质量追溯",
    "财务共享",
    "采购",
    "设备监控",
    "客户管理",
    "订单协同",
    "能耗管理",
    "研发设计",
)
PLACES = (
    "一车间",
    "二车间",
    "总装线",
    "原料库",
    "成品库",
    "检测中心",
    "销售部",
    "采购部",
    "机修班",
    "技术中心",
)
GAINS = (
    "停机时间",
    "换型准备",
    "库存周转",
    "报表出具",
    "订单答复",
    "盘点用时",
    "返工比例",
    "能耗单耗",
    "交付周期",
)
VERBS = ("迁到云上", "部署在公有云", "接入云平台", "改用云端订阅", "分批上云", "与云端打通")
SHAPES = (
    "{place}的{system}系统于{n}月{verb}，由{m}人使用",
    "上云以后{gain}下降{m}%，主要因为{system}数据每{n}分钟汇总一次",
    "过去{system}靠{place}手工登记，{n}天才能看到结果，如今{m}分钟",
    "我们用{m}台云主机承载{system}和{other}，备份每{n}小时一次",
    "{place}接入{m}台设备，采集{n}类参数，用于{system}",
    "与{m}家客户的{system}改为在线办理，{gain}缩短到原来的{n}%",
    "{system}上线时培训了{place}的{m}名员工，{n}天后停用旧表",
    "全年节省机房电费{m}万元，{system}的维护由{n}人减为一人",
    "为{system}建了{n}张看板，{place}每班查看，{gain}一目了然",
    "下一步把{place}的{system}也{verb}，预计投入{m}万元",
)
SENTENCES = 9


@dataclass
class Bill:
    """An invoice: what its paper says, what was typed otherwise; `file`: whether its paper is handed in."""

    facts: Facts
    typed: dict[str, Any] = field(default_factory=dict)
    file: bool = True


@dataclass
class Draft:
    """One application. `planted` is the fraud's kind, `expected` the checks of which one has to find it."""

    n: int
    own: Party
    seller: Party
    contract: str
    signed: date
    amount_fen: int
    bills: list[Bill]
    audited_fen: int
    reported_fen: int
    text: str
    planted: str = ""
    expected: frozenset[str] = frozenset()
    papers: dict[str, Any] = field(default_factory=dict)
    earlier: list[Bill] = field(default_factory=list)
    listed: str = ""
    contract_seller: str = ""

    @property
    def typed_seller(self) -> str:
        """The provider as the ledger has it."""
        return self.contract_seller or self.seller.name


def draft(n: int, seed: int) -> Draft:
    """The n-th honest application of this seed; the same for the same two."""
    dice = random.Random(f"{seed}-{n}")
    who = applicant(_APPLICANT_FROM + n, "济南", DIVISION)
    own, seller = Party(who.name, who.uscc), provider(dice.randrange(60))
    signed = date(2020, 1, 6) + timedelta(days=dice.randrange(90))
    bills = [Bill(invoice(dice, own, seller, signed)) for _ in range(dice.choice((1, 1, 2, 3)))]
    spent = sum(bill.facts.gross_fen for bill in bills)
    return Draft(
        n=n,
        own=own,
        seller=seller,
        contract=f"HT{signed:%Y%m}-{n:05d}",
        signed=signed,
        amount_fen=spent + dice.choice((0, 0, dice.randrange(1, spent))),
        bills=bills,
        audited_fen=spent,
        reported_fen=spent,
        text=prose(dice),
    )


def provider(n: int) -> Party:
    """The n-th of the invented providers."""
    name = f"济南{FIRST[n % len(FIRST)]}{SECOND[n // len(FIRST) % len(SECOND)]}有限公司"
    return Party(name, uscc.make(_PROVIDER_FROM + n, DIVISION))


def invoice(dice: random.Random, own: Party, seller: Party, signed: date) -> Facts:
    """An invoice of the round's time, of the older electronic kind or fully digital."""
    digital = dice.random() < 0.3
    net = dice.randrange(200_000, 40_000_000)
    issued = signed + timedelta(days=dice.randrange(3, 170))
    return Facts(
        kind="digital_ordinary" if digital else "electronic_ordinary",
        number=f"2037{dice.randrange(10**15, 10**16)}" if digital else f"{dice.randrange(10**8):08d}",
        code="" if digital else f"0370020{dice.randrange(10**3):03d}11",
        issued_on=issued.isoformat(),
        seller=seller.name,
        seller_tax_id=seller.uscc,
        buyer=own.name,
        buyer_tax_id=own.uscc,
        net_fen=net,
        tax_fen=net * 6 // 100,
    )


def prose(dice: random.Random) -> str:
    """A long answer of its own."""
    return "。".join(_sentence(dice, shape) for shape in dice.sample(SHAPES, SENTENCES)) + "。"


def _sentence(dice: random.Random, shape: str) -> str:
    system, other = dice.sample(SUBJECTS, 2)
    return shape.format(
        place=dice.choice(PLACES),
        system=system,
        other=other,
        gain=dice.choice(GAINS),
        verb=dice.choice(VERBS),
        n=dice.randrange(2, 13),
        m=dice.randrange(13, 200),
    )
