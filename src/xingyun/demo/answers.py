"""What an invented enterprise writes into a form, whatever fields the edition has."""

from collections.abc import Mapping

from xingyun.demo.figures import figures
from xingyun.demo.names import Invented
from xingyun.registry.models import Enterprise
from xingyun.rulebook import Rulebook
from xingyun.rulebook.schema.form import Field

SCOPE = (
    "我公司自2018年6月起分三个阶段推进业务上云。第一阶段将门户网站、邮件和文件迁至公有云，采用云服务器12台、"
    "对象存储6TB，全部办公人员使用云端协同和视频会议。第二阶段完成财务、人力和报销管理上云，费用、薪酬、税务数据统一入库。"
    "第三阶段自2020年2月起，将生产执行与资源计划系统部署到云上，接入数控机床、空压机等设备214台，实时采集负载、能耗和停机原因，"
    "供车间看板和移动应用查看。采购、仓储、物流经云端供应链与47家供应商协同。"
)
EFFECT = (
    "上云后信息系统年运维费用下降约三成，订单确认由两天缩短到四小时，客服平均响应由六小时缩短到四十分钟，"
    "设备综合效率提高6.4个百分点，单位产值能耗下降5.1%。数据每日异地备份，每季演练恢复。"
)


def answers(
    rulebook: Rulebook, enterprise: Enterprise, who: Invented, *, level: str, deployments: tuple[str, ...]
) -> dict[str, str]:
    """Raw text for every field that can be filled, as a person would type it."""
    by_role = _roles(enterprise, who, level, deployments)
    typed = {field.key: _answer(field, by_role) for field in rulebook.form.fields}
    return {**typed, **figures(rulebook, who.n)}


def _roles(
    enterprise: Enterprise, who: Invented, level: str, deployments: tuple[str, ...]
) -> Mapping[str, str]:
    return {
        "applicant_name": enterprise.name,
        "registered_address": enterprise.address,
        "uscc": enterprise.uscc,
        "registered_capital": str(500 + who.n % 4500),
        "legal_representative": who.person,
        "contact_mobile": f"1380000{who.n % 10_000:04d}",
        "contact_title": "信息化主管",
        "contact_fax": who.phone,
        "staff_total": str(80 + who.n % 900),
        "staff_cloud": str(40 + who.n % 40),
        "level": level,
        "deployments": "\n".join(deployments),
        "providers": "泉畔云数据服务有限公司\n鹊山工业互联科技有限公司",
        "cloud_since": "2018-06",
        "industry": ("3421", "6513", "1411", "2710", "3834")[who.n % 5],
        "scope": SCOPE,
        "effect": EFFECT,
        "filing_number": f"JQT-2020-{who.n % 100_000:05d}",
        "filled_on": "2020-10-12",
        "_person": who.person,
        "_phone": who.phone,
        "_email": f"cloud{who.n}@example.com",
        "_address": enterprise.address,
    }


def _answer(field: Field, by_role: Mapping[str, str]) -> str:
    if field.role and field.role in by_role:
        return by_role[field.role]
    if field.kind in ("choice", "multi_choice"):
        return field.options[0].key
    typical = {
        "integer": "120",
        "percent": "8.5",
        "money": "860",
        "date": "2020-09-01",
        "month": "2019-03",
        "industry": "6513",
    }
    same_kind = {
        "short_text": "有",
        "long_text": SCOPE[:200],
        "uscc": by_role["uscc"],
        "organisations": by_role["providers"],
    }
    return typical.get(field.kind) or same_kind.get(field.kind) or by_role[f"_{field.kind}"]
