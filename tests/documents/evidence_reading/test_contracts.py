"""Contracts: parties, signing, period, sum in digits and words, and whether the text says cloud."""

from pathlib import Path

import pytest
from tests.documents.evidence_reading import invented
from tests.documents.evidence_reading.reading import codes

from xingyun.documents import samples
from xingyun.documents.evidence_reading import read
from xingyun.documents.evidence_reading.contracts import Contract, contract_of, looks_like
from xingyun.documents.evidence_reading.prose import Prose
from xingyun.documents.samples import Item, Party

Fonts = tuple[Path, ...]
BUYER = Party("云州市云岫智能制造股份有限公司", "91370199MA3TQ5XK8Y")
SELLER = Party("云州天梭云计算有限公司", "91370199MA3W8R2D89")


def made(out: Path, fonts: Fonts, *, cloud: bool = True, period: str = "2020年3月至2021年3月") -> Path:
    return samples.contract(
        out,
        fonts=fonts,
        number="HT-2020-031",
        buyer=BUYER,
        seller=SELLER,
        signed_on="2020年3月2日",
        period=period,
        items=(Item("服务器租用", 400_000_00), Item("存储扩容", 120_000_00)),
        place="云州市",
        title="云服务采购合同" if cloud else "信息系统运维合同",
        subject="云服务" if cloud else "信息系统运维",
    )


def values(contract: Contract) -> dict[str, object]:
    return {name: field.value for name, field in contract.fields.items()}


def test_a_contract(fonts: Fonts, tmp_path: Path) -> None:
    contract = read(made(tmp_path / "c.pdf", fonts)).contract
    assert contract is not None
    assert values(contract) == {
        "title": "云服务采购合同",
        "number": "HT-2020-031",
        "signed_on": "2020-03-02",
        "starts_on": "2020-03",
        "ends_on": "2021-03",
        "amount_fen": 551_200_00,
    }
    assert [(p.label, p.side, p.name, p.uscc, p.page) for p in contract.parties] == [
        ("甲方（采购方）", "buyer", BUYER.name, BUYER.uscc, 1),
        ("乙方（服务方）", "seller", SELLER.name, SELLER.uscc, 1),
    ]
    assert contract.says_cloud is True
    assert ("云服务", 2, "甲方向乙方采购下列云服务，价款共计人民币551,200.00元（含税）。") in [
        (m.word, m.page, m.sentence) for m in contract.mentions
    ]


def test_a_cloud_in_the_sellers_name_says_nothing(fonts: Fonts, tmp_path: Path) -> None:
    contract = read(
        made(tmp_path / "c.pdf", fonts, cloud=False, period="自 2020 年 3 月 5 日起一年")
    ).contract
    assert contract is not None
    assert (contract.says_cloud, contract.mentions) == (False, ())
    assert values(contract)["months"] == 12
    assert values(contract)["starts_on"] == "2020-03-05"


def test_a_scan_says_honestly_that_it_has_no_text(fonts: Fonts, tmp_path: Path) -> None:
    scan = samples.scan_of(made(tmp_path / "c.pdf", fonts), tmp_path / "scan.pdf", fonts=fonts)
    found = read(scan, wanted="contract")
    assert found.contract is not None
    assert found.contract.says_cloud is None
    assert found.without_text == (1, 2, 3)
    assert codes(found) == ["no_text"]
    assert codes(read(scan)) == ["no_text", "nothing"]


def test_a_page_of_pictures_among_text_leaves_it_open(fonts: Fonts, tmp_path: Path) -> None:
    import pikepdf

    text = made(tmp_path / "c.pdf", fonts, cloud=False)
    scan = samples.scan_of(text, tmp_path / "scan.pdf", fonts=fonts, pages=[2])
    with pikepdf.open(text, allow_overwriting_input=True) as pdf, pikepdf.open(scan) as other:
        pdf.pages[1] = other.pages[0]
        pdf.save(text)
    found = read(text)
    assert found.contract is not None
    assert found.contract.says_cloud is None
    assert found.without_text == (2,)


def page(text: str) -> Contract:
    pages = [Prose(1, text)]
    return contract_of(pages, "text", whole=True)


@pytest.mark.parametrize(("text", "name", "expected"), [
    ("合同总金额为人民币（大写）伍拾伍万壹仟贰佰元整（小写：¥551,200.00元）。", "amount_fen", 551_200_00),
    ("合同总价：人民币 55.12 万元。", "amount_fen", 551_200_00),
    ("不含税合同金额：520,000 元。\n合同金额：551200元（含税）。", "amount_fen", 551_200_00),
    ("本合同服务费共计￥12,000.5元。", "amount_fen", 12_000_50),
    ("本合同于二〇二〇年三月二日签订。", "signed_on", "2020-03-02"),
    ("签订时间：2020.3.2", "signed_on", "2020-03-02"),
    ("服务期限：自2020年3月5日起至2021年3月4日止。", "ends_on", "2021-03-04"),
    ("合同有效期：2020-03-05至2021-03-04", "starts_on", "2020-03-05"),
    ("服务期限为三年，自2020年3月5日起算。", "months", None),
    ("服务期：自2020年3月5日起24个月。", "months", 24),
    ("合同编号：云采〔2020〕12号", "number", "云采〔2020〕12号"),
])  # fmt: skip
def test_how_contracts_word_it(text: str, name: str, expected: object) -> None:
    fields = page(text).fields
    assert (fields[name].value if name in fields else None) == expected
    assert all(not field.differs for field in fields.values())


def test_digits_and_words_that_differ() -> None:
    field = page("合同总金额为人民币伍拾万元整（¥551,200.00元）。").fields["amount_fen"]
    assert field.differs
    assert [value for value, _origins in field.distinct()] == [551_200_00, 500_000_00]


@pytest.mark.parametrize(("text", "expected"), [
    ("买方：云州市云岫智能股份有限公司（以下简称“买方”）\n卖方：天衢长风数据有限公司 地址：云州", [
        ("buyer", "云州市云岫智能股份有限公司"), ("seller", "天衢长风数据有限公司")]),
    ("委托方（甲方）：云州市云岫智能股份有限公司\t受托方（乙方）：天衢长风数据有限公司", [
        ("buyer", "云州市云岫智能股份有限公司"), ("seller", "天衢长风数据有限公司")]),
    ("甲方：\n乙方：（盖章）\n甲方（盖章）：　　", []),
])  # fmt: skip
def test_parties(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(party.side, party.name) for party in page(text).parties] == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("乙方向甲方提供云软件使用许可。", True),
    ("乙方向甲方提供 SaaS 平台。", True),
    ("甲方向乙方采购云服务的公司名单见附件。", True),
    ("乙方：天梭云计算有限公司。甲方采购打印机。", False),
    ("行云流水。", False),
])  # fmt: skip
def test_saying_cloud(text: str, expected: bool) -> None:
    assert page(text).says_cloud is expected


def test_the_words_are_the_askers(fonts: Fonts, tmp_path: Path) -> None:
    contract = read(made(tmp_path / "c.pdf", fonts), words=["量子服务"]).contract
    assert contract is not None
    assert contract.says_cloud is False


def test_an_ordinary_letter_is_no_contract(fonts: Fonts, tmp_path: Path) -> None:
    made_letter = invented.prose(tmp_path / "p.pdf", fonts, "情况说明", ["我公司已按合同付款，特此说明。"])
    assert codes(read(made_letter)) == ["nothing"]
    assert not looks_like([Prose(1, "会议纪要\n会议听取了汇报。")])
