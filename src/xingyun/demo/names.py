"""Invented enterprises, providers and people. Codes have valid check digits; nobody here exists."""

import random
from dataclasses import dataclass

from xingyun.rulebook import uscc

_FIRST = "云岫 松涧 鹊桥 泉畔 岱青 明湖 汇泉 长庚 晴川 曲水 望岳 听涛 金桥 北辰 星河 青禾 远山 朗润 致和 启明"
_SECOND = (
    "智造 数控 精工 新材 生物 物流 食品 机电 软件 能源 环保 医药 纺织 电气 传动 铸造 农业 印务 仪表 建材"
)
_KINDS = ("科技有限公司", "股份有限公司", "有限公司", "制造有限公司", "技术有限公司")
_SURNAMES = "林许周沈陆方苏程叶宋唐何韩梁郑冯"
_GIVEN = ("知远", "清和", "景行", "怀瑜", "明谦", "问渠", "思齐", "若谷", "修远", "致远", "弘毅", "静姝")
_PROVIDERS = (
    "泉畔云数据服务有限公司",
    "鹊山工业互联科技有限公司",
    "北辰云计算有限公司",
    "汇川云链软件有限公司",
)
# Organisation codes of invented bodies start high up, far from any that tests make.
_ROSTER_FROM, _APPLICANT_FROM, _PROVIDER_FROM = 500_000, 800_000, 900_000


@dataclass(frozen=True, slots=True)
class Invented:
    """An enterprise or provider that does not exist."""

    n: int
    name: str
    uscc: str
    person: str
    phone: str


def applicant(n: int, area: str, division: str) -> Invented:
    """The n-th invented applicant of an area; the same for the same n."""
    return _body(_APPLICANT_FROM + n, f"{area}{_name(n)}", division)


def provider(n: int, division: str) -> Invented:
    """The n-th invented cloud provider, registered in this division."""
    return _body(_PROVIDER_FROM + n, _PROVIDERS[n % len(_PROVIDERS)], division)


def roster(count: int, area: str, division: str, first: int) -> list[tuple[str, str]]:
    """`count` rows (code, name) of a roster, numbered from `first`."""
    return [(uscc.make(_ROSTER_FROM + n, division), f"{area}{_name(n)}") for n in range(first, first + count)]


def _body(n: int, name: str, division: str) -> Invented:
    dice = random.Random(n)
    person = dice.choice(_SURNAMES) + dice.choice(_GIVEN)
    return Invented(n, name, uscc.make(n, division), person, f"0531-5550{n % 10_000:04d}")


def _name(n: int) -> str:
    first, second = _FIRST.split(), _SECOND.split()
    series, place = divmod(n, len(first) * len(second) * len(_KINDS))
    rest, kind = divmod(place * 1709 % (len(first) * len(second) * len(_KINDS)), len(_KINDS))
    suffix = f"{_chinese(series)}" if series else ""
    return f"{first[rest % len(first)]}{suffix}{second[rest // len(first)]}{_KINDS[kind]}"


def _chinese(n: int) -> str:
    return "".join("零一二三四五六七八九"[int(d)] for d in str(n))
