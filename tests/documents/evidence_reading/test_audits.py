"""Audit reports: total, period, firm, number, day."""

from pathlib import Path

import pytest

from xingyun.documents import samples
from xingyun.documents.evidence_reading import read
from xingyun.documents.evidence_reading.audits import audit_of
from xingyun.documents.evidence_reading.prose import Prose

Fonts = tuple[Path, ...]


def test_a_report_in_words(fonts: Fonts, tmp_path: Path) -> None:
    made = samples.letter(
        tmp_path / "a.pdf",
        fonts=fonts,
        title="关于云服务支出的专项审计报告",
        number="云会审字〔2020〕第 118 号",
        signers=["云州正衡会计师事务所（特殊普通合伙）"],
        on="2020年9月20日",
        pieces=[
            {
                "text": "我们对贵公司 2019 年 1 月 1 日至 2020 年 8 月 31 日期间的云服务采购支出进行了专项审计。"
            },
            {
                "heading": "一、审计结果",
                "text": "经审计，采购云服务的支出审定金额为人民币 680,520.00 元（大写：陆拾捌万零伍佰贰拾元整）。",
            },
            {"table": [["序号", "合同", "金额"], ["1", "HT-1", "680,520.00"], ["合计", "", "680,520.00"]]},
        ],
    )
    found = read(made)
    assert found.contract is None
    assert found.audit is not None
    fields = found.audit.fields
    assert {name: field.value for name, field in fields.items()} == {
        "title": "关于云服务支出的专项审计报告",
        "number": "云会审字〔2020〕第118号",
        "firm": "云州正衡会计师事务所（特殊普通合伙）",
        "starts_on": "2019-01-01",
        "ends_on": "2020-08-31",
        "issued_on": "2020-09-20",
        "total_fen": 680_520_00,
    }
    wheres = [origin.where for _v, origins in fields["total_fen"].distinct() for origin in origins]
    assert wheres == ["", "capitals"]


def test_a_table_in_ten_thousands(fonts: Fonts, tmp_path: Path) -> None:
    made = samples.letter(
        tmp_path / "a.pdf",
        fonts=fonts,
        title="云服务投入专项审计报告",
        number="报告编号：ZH-2020-0918",
        signers=["云州正衡会计师事务所有限公司"],
        on="二〇二〇年九月二十日",
        pieces=[
            {"text": "审计期间：2019年1月至2020年8月。单位：万元"},
            {
                "table": [
                    ["项目", "申报数", "审定数"],
                    ["云主机", "40.50", "40.00"],
                    ["合计", "70.00", "68.052"],
                ]
            },
        ],
    )
    audit = read(made).audit
    assert audit is not None
    fields = {name: field.value for name, field in audit.fields.items()}
    assert fields["total_fen"] == 680_520_00
    assert fields["number"] == "ZH-2020-0918"
    assert (fields["starts_on"], fields["ends_on"], fields["issued_on"]) == (
        "2019-01",
        "2020-08",
        "2020-09-20",
    )


@pytest.mark.parametrize(("text", "expected"), [
    ("审定金额：68.052万元", [680_520_00]),
    ("云服务支出合计 680520 元。", [680_520_00]),
    ("审定金额为680,520.00元。附表：审定金额 680,000.00元", [680_520_00, 680_000_00]),
    ("单位：元\n合计\t1,000.00\t680,520.00", [680_520_00]),
    ("共计 3 份合同。", []),
])  # fmt: skip
def test_totals(text: str, expected: list[int]) -> None:
    fields = audit_of([Prose(1, text)], "text").fields
    assert (
        [value for value, _o in fields["total_fen"].distinct()] if "total_fen" in fields else []
    ) == expected
