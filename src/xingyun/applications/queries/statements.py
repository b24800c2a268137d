"""The statement on cloud services, filled in from the ledger. Papers are Chinese."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from xingyun.applications.queries.workspace import Workspace
from xingyun.evidence.models import Contract
from xingyun.rulebook import Rulebook

# Where somebody writes, by hand or in Word: a line of its own below the first indent.
LINE = "＿" * 34
COLUMNS = (
    {"label": "序号", "width": 12},
    {"label": "合同编号", "width": 40},
    {"label": "签订日期", "width": 37},
    {"label": "合同内容", "align": "left"},
    {"label": "金额（元）", "width": 30, "align": "right"},
)


def to_be_stated(work: Workspace) -> list[Contract]:
    """One contract for each provider of whom a statement is needed, the first that does not say cloud."""
    first: dict[str, Contract] = {}
    for contract in work.ledger.contracts:
        if not contract.says_cloud:
            first.setdefault(_provider(contract), contract)
    return list(first.values())


def cloud_statement(work: Workspace, contract: UUID) -> tuple[str, Mapping[str, object]] | None:
    """The provider's name and the statement's data: all its contracts that do not say cloud.

    None where there is no such contract, or where it says so itself and needs no statement.
    """
    named = next((c for c in work.ledger.contracts if c.uid == contract and not c.says_cloud), None)
    if named is None:
        return None
    own = [c for c in work.ledger.contracts if not c.says_cloud and _provider(c) == _provider(named)]
    applicant = work.application.enterprise.name
    bought = f"{applicant}（甲方）向{named.seller}（乙方）采购了下列服务和产品。"
    unsaid = "合同正文没有写明“云服务”“云产品”等字样，现对其在云端部署、应用的情况说明如下："
    return named.seller, {
        "title": "云服务（产品）部署和应用情况说明",
        "body": [bought + unsaid, *_said(own, work.rulebook)],
        "table": {"columns": COLUMNS, "rows": list(_rows(own))},
        "pledge": ["以上情况属实。如有不实，双方愿承担相应的责任。"],
        "sides": [
            _side("申报企业", applicant, "enterprise"),
            _side("云服务（产品）提供方", named.seller, "provider"),
        ],
        "sign_label": "负责人（签字）",
        "date": "　　　　年　　月　　日",
    }


def _provider(contract: Contract) -> str:
    """The same one under its code, else under its name."""
    return contract.seller_uscc or contract.seller.strip()


def _said(contracts: Sequence[Contract], rulebook: Rulebook) -> list[str]:
    """What the ledger knows, and lines for what it does not."""
    names = {one.key: one.name.zh for one in rulebook.deployments}
    models = "、".join(dict.fromkeys(names[c.deployment] for c in contracts if c.deployment in names))
    return [
        f"1. 部署方式：{models}。" if models else f"1. 部署方式：\n{LINE}",
        f"2. 部署在哪个云平台、由谁运行维护：\n{LINE}\n{LINE}",
        f"3. 甲方怎样登录使用、用在哪些业务：\n{LINE}\n{LINE}",
    ]


def _rows(contracts: Sequence[Contract]) -> Iterator[list[str]]:
    for n, one in enumerate(contracts, start=1):
        amount = f"{one.amount_fen // 100:,}.{one.amount_fen % 100:02d}"
        yield [str(n), one.number, _day(one.signed_on), one.title, amount]


def _day(value: date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"


def _side(label: str, name: str, key: str) -> dict[str, str]:
    return {"label": label, "name": name, "key": f"seal:{key}", "sign": f"sign:{key}"}
