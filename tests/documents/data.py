"""Sample data of every template: an invented city, invented enterprises."""

from collections.abc import Mapping
from typing import Any

ENTERPRISE = "云州市云岫智能制造股份有限公司"
USCC = "91370199MA3TQ5XK7C"
LONG = (
    "本单位自二〇二〇年一月起把生产制造、供应链与营销三条主线的业务系统逐步迁移到公有云，"
    "包括 ERP、MES、CRM 和数据中台（ClickHouse + Flink），由 cloud-platform.example.com 统一登录。"
    "车间 126 台数控机床通过边缘网关接入，采集频率 1 Hz，设备综合效率由 61% 提高到 78%。\n"
    "仓储与物流全部使用云端服务，订单处理时间由 3.5 小时缩短为 20 分钟；"
    "财务、人力、行政审批与协同办公均已上云，累计账号 386 个，日均活跃 341 个。"
)


def cover_data() -> dict[str, Any]:
    return {
        "annex": "附件 1",
        "title": "星级上云企业评定申请表",
        "qr": "XY1|2020-0087|v3|cover",
        "qr_note": "2020-0087 第 3 版",
        "lines": [
            {"label": "申报企业", "value": ENTERPRISE, "seal": {"key": "seal:cover", "label": "盖章"}},
            {"label": "填报日期", "value": "2020 年 10 月 12 日"},
        ],
        "compiled_by": "云州市工业和信息化局编制",
    }


def instructions_data() -> dict[str, Any]:
    return {
        "title": "填表说明",
        "items": [
            "本申请表由云州市工业和信息化局统一编制。",
            "填写时一律使用宋体、小四号字。",
            "企业提交申请表和配套证明材料，胶装成册，并在申请表上按要求加盖公章。",
            "如有疑问，可以打电话或发电子邮件咨询。",
        ],
        "contacts": {
            "title": "联系方式：",
            "lines": [
                {"label": "联系人", "value": "工信局信息化处"},
                {"label": "电　话", "value": "0500-66600001"},
                {"label": "电子邮件", "value": "xinxihua@gxj.yunzhou.example.gov.cn"},
                {"label": "通信地址", "value": "云州市新城区政务大厦 B328"},
            ],
        },
    }


def form_data() -> dict[str, Any]:
    def pair(label: str, value: str, label2: str, value2: str, sub: str = "") -> dict[str, Any]:
        row: dict[str, Any] = {
            "cells": [{"label": label, "value": value}, {"label": label2, "value": value2}]
        }
        return {**row, "sub": sub} if sub else row

    def one(label: str, value: str, *, left: bool = False) -> dict[str, Any]:
        return {"cells": [{"label": label, "value": value, "left": left}]}

    return {
        "title": "星级上云企业评定申请表",
        "groups": [
            {
                "kind": "fields",
                "label": "申请单位基本情况",
                "rows": [
                    one("中文名称", ENTERPRISE),
                    one("单位性质", "民营企业（股份有限公司）"),
                    one("注册地址", "云州市高新区星河路 1088 号云谷产业园 3 号楼 12 层 1201 室"),
                    pair("统一社会信用代码", USCC, "注册资金（万元）", "5,000.00"),
                    pair("姓名", "沈未眠", "电话", "13900000000", "法人代表"),
                    pair("姓名", "顾长庚", "职务", "信息化部部长", "联系人"),
                    pair("办公电话", "0500-88880001-8021", "手机", "13900000001", "联系人"),
                    pair(
                        "传真",
                        "0500-88880002",
                        "电子邮箱",
                        "digital.transformation@yunxiu-zhizao.example.com",
                        "联系人",
                    ),
                    pair("总人数", "420 人", "使用云服务人员数量", "386 人", "企业规模"),
                    one("申请评定星级", "四星级"),
                    one("云服务部署模型", "混合云"),
                    one("上云合作机构", "云州天梭云计算有限公司、北辰工业互联网平台有限公司"),
                    one("上云开始时间", "2018 年 3 月"),
                    one("所处行业", "C3421 金属切削机床制造"),
                ],
            },
            {"kind": "text", "label": "上云范围及内容简介", "text": LONG, "min": 0},
            {"kind": "text", "label": "上云效果说明", "text": LONG},
            {
                "kind": "pledge",
                "label": "真实性承诺",
                "text": "我单位申报的所有材料均真实、完整，如有不实，愿承担相应的责任。",
                "places": [
                    {"label": "法人代表（签字）", "key": "sign:legal"},
                    {"label": "申报单位（公章）", "key": "seal:pledge"},
                ],
                "date": "年　　月　　日",
            },
        ],
        "opinion": {
            "label": "各区县推荐意见",
            "places": [{"label": "签章", "key": "seal:opinion"}],
            "date": "年　　月　　日",
        },
        "attachments": {
            "title": "请随本申请表提供以下配套证明材料：",
            "items": [
                "营业执照副本复印件；",
                "云服务采购、云平台采购、云应用软件定制开发等所有上云投入的合同及发票复印件；",
                "合同中没有写明“云服务”“云产品”的，提供在云端部署和应用的说明，由双方共同盖章；",
                "云平台建设方案、用户手册等；",
                "各项上云业务实际使用截图；",
                "设备上云情况说明及实际使用截图；（若无可不提供）",
                "其他证明性材料。",
            ],
            "note": "注：上述材料随申请表及附表胶装成册；附表只填上云或满足的项和证明材料的页码。",
        },
    }


CATALOGUE: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "基础系统上云": {
        "IT 资源": ("门户网站", "数据库", "存储资源", "计算资源"),
        "安全防护": ("内容安全", "业务安全", "网络安全"),
        "办公协同": ("工作文件存储和备份", "协同工作工具"),
        "会议系统": ("电话会议系统", "视频会议系统"),
    },
    "管理上云": {
        "人力资源管理": ("招聘管理", "绩效管理", "培训管理", "薪酬管理"),
        "财务管理": ("费用管理", "税务管理", "报销管理"),
        "行政管理": ("云办公", "云桌面", "云安保"),
        "信息管理": ("IT 开发", "IT 测试", "IT 运维"),
    },
    "业务上云": {
        "研发设计": ("研发设计应用", "协同开发"),
        "生产": ("MES", "ERP", "生产数据", "应用软件"),
        "供应链": ("采购管理", "仓储管理", "物流管理"),
        "营销": ("电商", "CRM 和渠道管理", "营销", "客服"),
    },
    "设备上云": {
        "设备接入": ("高耗能设备", "通用动力设备", "新能源设备", "智能化设备", "其他设备"),
        "设备服务": ("设备管理", "数据监控", "决策优化", "APP 应用"),
    },
    "上云成效": {
        "应用层面": (
            "成本下降",
            "数据可视化",
            "设备可视化",
            "经营管控能力提升",
            "生产效率提升",
            "业务模式优化",
            "其他应用",
        ),
    },
}


def domain_keys() -> list[str]:
    count = sum(len(domains) for subs in CATALOGUE.values() for domains in subs.values())
    return [f"d{n}" for n in range(1, count + 1)]


def checklist_data(ticked: frozenset[str] = frozenset({"d1", "d2", "d5"})) -> dict[str, Any]:
    keys = iter(domain_keys())

    def domain(label: str) -> dict[str, Any]:
        key = next(keys)
        return {"key": key, "label": label, "ticked": key in ticked}

    return {
        "annex": "附表",
        "title": "企业上云业务及应用表",
        "columns": ["类", "子类", "域", "是否上云/满足", "证明材料在申报书中的页码"],
        "tick": "√",
        "categories": [
            {
                "label": category,
                "subs": [
                    {"label": sub, "domains": [domain(d) for d in domains]} for sub, domains in subs.items()
                ],
            }
            for category, subs in CATALOGUE.items()
        ],
        "pages": {"d1": "12–14、20", "d2": "12–14、20、33–40、51、53、57–60、66"},
    }


def contents_data() -> dict[str, Any]:
    return {
        "title": "目　录",
        "entries": [
            {"level": 1, "title": "星级上云企业评定申请表", "page": 3, "note": ""},
            {"level": 1, "title": "一、营业执照副本复印件", "page": 9, "note": ""},
            {
                "level": 2,
                "title": "营业执照（副本）扫描件，含 2020 年变更登记通知书以及其他一切能够说明经营范围变化的材料.pdf",
                "page": 10,
            },
            {"level": 1, "title": "二、创新应用情况和效果说明", "page": 12, "note": "无"},
        ],
    }


def separator_data() -> dict[str, Any]:
    return {
        "title": "分隔页",
        "parts": [
            {
                "number": "材料二",
                "title": "云服务采购、云应用软件定制开发等所有上云投入的合同及发票复印件",
                "ref": "2020-0087 第 3 版",
                "clause": "通知 二、3",
                "none": False,
                "files": [
                    {"title": "云服务采购合同（HT-2020-031）", "pages": "14–21"},
                    {
                        "title": "invoice_very_long_file_name_2020_03_12_final_final_version_2_scanned_copy.pdf",
                        "pages": "22",
                    },
                ],
            },
            {
                "number": "材料八",
                "title": "创新应用情况和效果说明",
                "clause": "通知 二、8",
                "none": True,
                "none_label": "无",
                "none_note": "申报企业声明本项没有材料。",
                "files": [],
            },
        ],
    }
