"""What a contract says: parties, day of signing, period, sum, and whether it calls what is bought cloud."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xingyun.documents.evidence_reading import periods
from xingyun.documents.evidence_reading.amounts import CAPITALS, NUMBER, capital_fen, fen
from xingyun.documents.evidence_reading.days import day_of
from xingyun.documents.evidence_reading.prose import Prose
from xingyun.documents.evidence_reading.said import Field, Origin, Record, Source

# The words that make a purchase one of cloud; who asks may bring words of the rules in force.
CLOUD_WORDS = (
    "云服务", "云产品", "云软件", "云平台", "云主机", "云服务器", "云存储", "云数据库", "云计算", "云资源",
    "云应用", "云安全", "云桌面", "上云", "公有云", "私有云", "混合云", "SaaS", "PaaS", "IaaS",
)  # fmt: skip
NAMES: dict[str, tuple[str, str]] = {
    "title": ("合同名称", "The title"),
    "number": ("合同编号", "The number"),
    "signed_on": ("签订日期", "The day of signing"),
    "starts_on": ("期限起", "The start of the period"),
    "ends_on": ("期限止", "The end of the period"),
    "months": ("期限（月）", "The length in months"),
    "amount_fen": ("合同金额", "The sum"),
}
MENTIONS = 20
REACH = 90  # signs behind a label within which its sum stands

_TITLE = re.compile(r"(?m)^\s*([^\n\t。;,:]{2,40}(?:合同|协议|协议书|合同书|订单))\s*$")
_NUMBER = re.compile(
    r"(?:合同|协议|订单)(?:编号|号|编码)\s*:\s*([A-Za-z0-9][A-Za-z0-9\-_/()〔〕\[\]]{2,39}|[^\s,。;\t\n]{3,40}号)"
)
_ROLE = re.compile(
    r"(?P<label>(?:甲方|乙方|丙方|买方|卖方|供方|需方|供应方|供应商|采购方|采购人|委托方|受托方|服务方|服务商|发包方|承包方|购买方|销售方|"
    r"使用方|出租方|承租方|客户)(?:\([^()\n]{1,20}\))?(?:名称|单位)?)\s*:\s*\t?(?P<name>[^\n\t:]{2,60})"
)
_BUYER = re.compile(r"买方|需方|采购|委托|发包|购买|使用方|承租|客户|甲方")
_SELLER = re.compile(r"卖方|供方|供应|受托|服务方|服务商|承包|销售|出租|乙方")
_NAME_END = re.compile(
    r"\(?以下(?:简称|称)|统一社会信用|法定代表|地址|住所|联系|电话|纳税人|\(盖章|\(公章|,|;|。|签|日期"
)
_USCC = re.compile(r"(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{18}(?![0-9A-Z])")
_SIGNED = re.compile(r"(?:签订|签约|签署|订立)(?:日期|时间|日)\s*:?\s*([^\n\t]{0,24})")
_SIGNED_AT = re.compile(r"于\s*([^\n。,]{8,16}?)\s*(?:签订|签署|订立|签约)")
_SUM = (
    re.compile(r"(?<!不含税)(?:合同|协议|订单)(?:含税)?(?:总)?(?:金额|价款|总价|总额|价格|价)"),
    re.compile(r"(?<!不含税)(?:总金额|总价款?|价款总额|费用总额|服务费总额)"),
    re.compile(r"(?:价款|费用|服务费|金额|款项)(?:共计|合计|总计)"),
    re.compile(r"(?<!税)(?:合计|总计|共计)"),
)
_STOP = re.compile(r"[。;\n]")
_MONEY = re.compile(rf"(?:(¥)\s*)?({NUMBER})\s*(亿|百万|万|千)?\s*(元)?")
# A name of a company that has a cloud in it says nothing of what was bought.
_COMPANY = re.compile(r"[\u4e00-\u9fffA-Za-z()]{0,16}(?:公司|事务所|研究院|集团)")


@dataclass(frozen=True)
class Party:
    """A party: its label as printed, buyer or seller where that can be told, name, code, page."""

    label: str
    side: str | None
    name: str
    uscc: str
    page: int


@dataclass(frozen=True)
class Mention:
    """A word of cloud, the page, and the sentence that it stands in."""

    word: str
    page: int
    sentence: str


@dataclass(frozen=True)
class Contract:
    """`says_cloud` is None where the pages have no text to tell it by."""

    fields: dict[str, Field]
    parties: tuple[Party, ...]
    mentions: tuple[Mention, ...]
    says_cloud: bool | None


def looks_like(pages: Sequence[Prose]) -> bool:
    """Whether the text is a contract's: a title, or two parties that name themselves."""
    head = "\n".join(page.plain for page in pages[:2])
    return bool(_TITLE.search(head)) or len({m.group("label")[:2] for m in _ROLE.finditer(head)}) >= 2


def contract_of(
    pages: Sequence[Prose], source: Source, *, whole: bool, words: Sequence[str] = CLOUD_WORDS
) -> Contract:
    """Read a contract; `whole` is whether every page has text, without which "not found" can't be said."""
    record = Record()
    for page in pages:
        _page(page, record, Origin(source, page.page))
    _amount(pages, source, record)
    mentions = tuple(_mentions(pages, words))
    says = True if mentions else False if whole and pages else None
    return Contract(record.fields(NAMES), tuple(_parties(pages)), mentions, says)


def _page(page: Prose, record: Record, origin: Origin) -> None:
    plain = page.plain
    if "title" not in record.said and (title := _TITLE.search(plain)):
        record.add("title", page.shown[title.start(1) : title.end(1)].strip(), origin)
    if "number" not in record.said and (number := _NUMBER.search(plain)):
        record.add("number", number.group(1), origin)
    for pattern in (_SIGNED, _SIGNED_AT):
        for match in pattern.finditer(plain):
            record.add("signed_on", day_of(match.group(1)), origin)
    if not record.said.keys() & {"starts_on", "ends_on", "months"} and (period := periods.period_in(plain)):
        record.add("starts_on", period.start, origin)
        record.add("ends_on", period.end, origin)
        record.add("months", period.months, origin)


def _parties(pages: Sequence[Prose]) -> Iterator[Party]:
    seen: set[str] = set()
    for page in pages:
        plain = page.plain
        for match in _ROLE.finditer(plain):
            name = page.shown[match.start("name") : match.end("name")]
            cut = _NAME_END.search(match.group("name"))
            name = (name[: cut.start()] if cut else name).strip(" \t_＿—-：:")
            key = match.group("label")[:2] + name
            if len(name) < 4 or key in seen:
                continue
            seen.add(key)
            after = plain[match.end("name") if not cut else match.start("name") + cut.start() :][:120]
            stop = _ROLE.search(after)
            code = _USCC.search(after[: stop.start()] if stop else after)
            label = page.shown[match.start("label") : match.end("label")]
            yield Party(label, _side(match.group("label")), name, code.group() if code else "", page.page)


def _side(label: str) -> str | None:
    """What stands in brackets behind 甲方 or 乙方 counts before those themselves."""
    inner = label.partition("(")[2]
    for text in (inner, label):
        if _SELLER.search(text):
            return "seller"
        if _BUYER.search(text):
            return "buyer"
    return None


def _amount(pages: Sequence[Prose], source: Source, record: Record) -> None:
    """The sum by its plainest name; a contract that calls two sums so has two readings."""
    for pattern in _SUM:
        for page in pages:
            plain = page.plain
            for match in pattern.finditer(plain):
                reach = match.end() + REACH
                stop = _STOP.search(plain, match.end(), reach)
                _sum_in(
                    plain[match.end() : stop.start() if stop else reach], Origin(source, page.page), record
                )
        if "amount_fen" in record.said:
            return


def _sum_in(tail: str, origin: Origin, record: Record) -> None:
    for match in _MONEY.finditer(tail):
        sign, digits, unit, yuan = match.groups()
        if sign or yuan or unit:
            record.add("amount_fen", fen(digits, unit or ""), origin)
            break
    if words := CAPITALS.search(tail):
        record.add("amount_fen", capital_fen(words.group()), Origin(origin.source, origin.page, "capitals"))


def _mentions(pages: Sequence[Prose], words: Sequence[str]) -> Iterator[Mention]:
    """One mention a sentence and word, the longest word where several begin at one place."""
    pattern = re.compile(
        "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)), re.IGNORECASE
    )
    seen: set[tuple[str, str]] = set()
    for page in pages:
        plain = page.plain
        names = {
            n for match in _COMPANY.finditer(plain) if _is_name(match.group()) for n in range(*match.span())
        }
        for match in pattern.finditer(plain):
            if match.start() in names:
                continue
            sentence = page.sentence(match.start(), match.end())
            if (match.group(), sentence) not in seen:
                seen.add((match.group(), sentence))
                yield Mention(match.group(), page.page, sentence)
            if len(seen) == MENTIONS:
                return


def _is_name(text: str) -> bool:
    """`向乙方采购云服务的公司` is no name, `天梭云计算有限公司` is one."""
    return bool(
        re.search(
            r"(?:有限|股份|责任|合伙|集团|科技|技术|信息|网络|软件|数据)[\u4e00-\u9fff()]{0,6}(?:公司|事务所|研究院|集团)$",
            text,
        )
    ) and not re.search(r"采购|购买|提供|的", text)
