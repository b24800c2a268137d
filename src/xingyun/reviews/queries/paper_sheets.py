"""What the receipt for a bound booklet says. Papers are Chinese whatever the language of the page."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from xingyun.applications.models import Application
from xingyun.clock import ZONE
from xingyun.registry.models import Authority
from xingyun.reviews.queries.sheets import day
from xingyun.reviews.states import Condition, Seal
from xingyun.rounds.queries import rulebook_of

SEALS = {
    Seal.ENTERPRISE: "企业公章",
    Seal.SEAM: "骑缝章",
    Seal.PERSON: "法定代表人签字或印章",
    Seal.OFFICE: "主管部门意见章",
}
CONDITIONS = {
    Condition.WHOLE: "完好",
    Condition.LOOSE: "散页或脱胶",
    Condition.DAMAGED: "破损或污损",
    Condition.SHORT: "缺页",
}


class Arrived(Protocol):
    """What was recorded of a booklet."""

    @property
    def version(self) -> int: ...
    @property
    def pages(self) -> int: ...
    @property
    def copies(self) -> int: ...
    @property
    def seals(self) -> Sequence[str]: ...
    @property
    def condition(self) -> str: ...
    @property
    def remark(self) -> str: ...
    @property
    def brought_by(self) -> str: ...
    @property
    def arrived_at(self) -> datetime: ...
    @property
    def reason(self) -> str: ...


def paper_receipt(
    application: Application, office: Authority, data: Arrived, number: str, digest: str
) -> Mapping[str, object]:
    """The receipt: what came, when, in which condition; where it is shelved is the office's own matter."""
    arrived = data.arrived_at.astimezone(ZONE)
    seals = "、".join(name for key, name in SEALS.items() if key in data.seals) or "没有看到"
    facts = [
        ("申报企业", application.enterprise.name),
        ("统一社会信用代码", application.enterprise.uscc),
        ("申报项目", rulebook_of(application.edition).title),
        ("申报编号", application.number),
        ("申报书", f"第 {data.version} 版，清点 {data.pages} 页，{data.copies} 册"),
        ("看到的印章", seals),
        ("完好情况", CONDITIONS[Condition(data.condition)]),
        ("送件人", data.brought_by.strip()),
        ("收件时间", f"{day(arrived.date())} {arrived:%H:%M}（北京时间）"),
        ("备注", data.remark.strip()),
        ("更正理由", data.reason.strip()),
    ]
    return {
        "title": "纸质申报书收件回执",
        "number": number,
        "lead": "你单位送来的申报书已经收到。本回执只证明收到，是否受理另行告知。",
        "facts": [{"label": label, "value": value} for label, value in facts if value],
        "record": {"label": "登记内容的摘要", "hash": digest},
        "issuer": office.issuer,
        "date": day(arrived.date()),
    }
