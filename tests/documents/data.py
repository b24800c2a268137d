"""Sample data of every template: an invented city, invented enterprises."""

from collections.abc import Mapping
from typing import Any

ENTERPRISE = "云州市云岫智能制造股份有限公司"
USCC = "91370199MA3TQ5XK8Y"
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
                "title": "营业执照（副本）扫描件，含 2020 年变更登记通知书以及其他说明经营范围变化的材料.pdf",
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
                        "title": "invoice_very_long_file_name_2020_03_12_final_version_2_scanned_copy.pdf",
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


def receipt_data() -> dict[str, Any]:
    return {
        "title": "申报材料提交回执",
        "number": "回执编号 HZ-2020-0087-03",
        "qr": "https://xingyun.example.gov.cn/receipt/HZ-2020-0087-03",
        "lead": "下列申报材料已经收到。提交时刻以本回执为准。",
        "facts": [
            {"label": "申报企业", "value": ENTERPRISE},
            {"label": "统一社会信用代码", "value": USCC},
            {"label": "申报编号", "value": "2020-0087（第 3 版）"},
            {"label": "申请评定星级", "value": "四星级"},
            {"label": "提交时刻", "value": "2020 年 10 月 12 日 09:41:27（北京时间）"},
            {"label": "受理单位", "value": "云州市新城区工业和信息化局"},
        ],
        "files_title": "提交的文件",
        "files": [
            {"title": "申报书（186 页，18.4 MB）", "note": "9f2c41ab70de"},
            {"title": "盖章扫描件（12 页）", "note": "01ab55ce9f00"},
        ],
        "record": {
            "label": "存证记录第 41 条的摘要（SHA-256）",
            "hash": "9f2c41ab70de55013b9d0e4c7a21f6d8c09b7e3356aa41f08d2c6b1e9475e1c3",
            "note": "扫描右侧二维码可以核对这条记录没有被改动。",
        },
        "issuer": "云州市新城区工业和信息化局",
        "date": "2020 年 10 月 12 日",
        "notes": ["本回执表示材料已经收到，不表示已经受理或通过。", "请妥善保存。"],
    }


def return_notice_data() -> dict[str, Any]:
    return {
        "issuer": "云州市新城区工业和信息化局",
        "title": "补正通知书",
        "number": "新工信补〔2020〕17 号",
        "addressee": f"{ENTERPRISE}：",
        "lead": "你单位 2020 年 10 月 12 日提交的申报材料（2020-0087 第 3 版）有下列各项需要补正：",
        "columns": ["序号", "位置", "问题", "怎样补正", "依据"],
        "defects": [
            {
                "place": "申报书第 22 页，发票 04412090-23",
                "text": "开票日期为 2019 年 12 月 31 日，不在可计入的期间内。",
                "remedy": "从支出合计中去掉，或另附说明。",
                "clause": "通知 一、1",
            },
            {
                "place": "申请表，真实性承诺",
                "text": "没有看到单位公章。",
                "remedy": "盖章后补传第 4 页。",
                "clause": "通知 四",
            },
            {
                "place": "附表，“MES”",
                "text": "所引的第 31 页是 ERP 的截图，没有 MES 的使用界面。",
                "remedy": "改选证明页，或取消该项。",
                "clause": "附表",
            },
        ],
        "closing": "请于 2020 年 10 月 19 日 24:00 前补正并重新提交。未列出的内容不用改动，已填的都已保留。",
        "date": "2020 年 10 月 14 日",
        "slip": {"title": "送达回证", "lines": ["收件单位", "收件人", "收件时间", "送达方式"]},
    }


def report_data() -> dict[str, Any]:
    return {
        "issuers": ["云州市新城区工业和信息化局", "云州市新城区财政局"],
        "file_word": "文件",
        "number": "新工信〔2020〕8 号",
        "signers": ["陆知远", "纪南风"],
        "title": "关于报送 2020 年新城区星级上云企业\n评定结果和推荐名单的报告",
        "addressees": "市工业和信息化局、市财政局：",
        "body": [
            {
                "text": "根据《关于组织开展 2020 年云州市星级上云企业申报工作的通知》要求，"
                "我区组织开展了三星级上云企业评定和四星级、五星级上云企业初审推荐，现将有关情况报告如下。"
            },
            {"kind": "h1", "text": "一、组织情况"},
            {
                "text": "本区累计上云企业 1,134 家，三星级评选名额 34 家，四星级、五星级推荐名额 11 家。"
                "9 月 30 日至 10 月 19 日共收到申报 41 份，受理 38 份，退回补正 9 份，不予受理 3 份。"
            },
            {"kind": "h1", "text": "二、评定和推荐结果"},
            {"kind": "h2", "text": "（一）三星级上云企业"},
            {"text": "经区局局务会议（新工信纪〔2020〕21 号）研究，评定下列企业为三星级上云企业。"},
            {"kind": "h2", "text": "（二）推荐四星级、五星级上云企业"},
            {"text": "推荐下列企业申报四星级、五星级上云企业，材料随文报送。"},
        ],
        "tables": [
            {
                "caption": "评定和推荐名单",
                "columns": [
                    {"label": "序号", "width": 13},
                    {"label": "企业名称", "align": "left"},
                    {"label": "统一社会信用代码", "width": 55},
                    {"label": "结论", "width": 32},
                ],
                "rows": [
                    ["1", ENTERPRISE, USCC, "评定三星级"],
                    ["2", ENTERPRISE, USCC, "推荐四星级"],
                    ["3", "云州市折柳纺织有限公司", "91370199MA3TQ60B76", "评定三星级"],
                ],
            }
        ],
        "closing": [{"text": "特此报告。"}],
        "annexes": ["星级上云企业认定和推荐企业项目汇总表", "评定三星级上云企业的申报材料"],
        "contact": "（联系人：区工业和信息化局信息化科，电话：0500-66600011）",
        "signatures": [
            {"name": "云州市新城区工业和信息化局", "key": "seal:issuer-1"},
            {"name": "云州市新城区财政局", "key": "seal:issuer-2"},
        ],
        "date": "2020 年 10 月 23 日",
        "imprint": {
            "cc": "区政府办公室。",
            "by": "云州市新城区工业和信息化局办公室",
            "on": "2020 年 10 月 23 日印发",
        },
    }


def listing_data() -> dict[str, Any]:
    return {
        "columns": [
            {"label": "序号", "width": 13},
            {"label": "企业名称", "align": "left"},
            {"label": "所在区县", "width": 26},
            {"label": "认定星级", "width": 28},
        ],
        "rows": [[str(n), ENTERPRISE, "新城区", "四星级"] for n in range(1, 31)],
    }


def public_notice_data() -> dict[str, Any]:
    return {
        "title": "2020 年云州市星级上云企业\n拟认定名单公示",
        "body": [
            {"text": "根据通知要求，经企业申报、区县评定推荐、市级评审，现将拟认定名单予以公示。"},
            {"text": "公示时间：2020 年 12 月 23 日至 12 月 29 日（5 个工作日）。"},
            {"text": "对名单有异议的，请在公示期内以书面形式实名提出，并附证明材料；匿名的不予受理。"},
            {"text": "电话：0500-66600001　电子邮箱：xinxihua@gxj.yunzhou.example.gov.cn"},
        ],
        "annexes": ["2020 年云州市星级上云企业拟认定名单"],
        "annex_pages": [
            {"label": "附件", "title": "2020 年云州市星级上云企业拟认定名单", "tables": [listing_data()]}
        ],
        "signatures": [{"name": "云州市工业和信息化局", "key": "seal:issuer-1"}],
        "date": "2020 年 12 月 23 日",
    }


def announcement_data() -> dict[str, Any]:
    return {
        "issuers": ["云州市工业和信息化局"],
        "file_word": "文件",
        "number": "云工信信数字〔2021〕1 号",
        "title": "关于公布 2020 年云州市\n星级上云企业名单的通知",
        "addressees": "各区县工业和信息化主管部门，有关企业：",
        "body": [
            {"text": "经企业申报、区县评定推荐、市级评审和公示，认定下列企业为星级上云企业，现予公布。"}
        ],
        "annexes": ["2020 年云州市星级上云企业名单"],
        "annex_pages": [
            {"label": "附件", "title": "2020 年云州市星级上云企业名单", "tables": [listing_data()]}
        ],
        "signatures": [{"name": "云州市工业和信息化局", "key": "seal:issuer-1"}],
        "date": "2021 年 1 月 6 日",
        "imprint": {"by": "云州市工业和信息化局办公室", "on": "2021 年 1 月 6 日印发"},
    }


def summary_table_data() -> dict[str, Any]:
    columns: list[dict[str, Any]] = [
        {"label": "序号", "width": 10},
        {"label": "企业名称", "align": "left"},
        {"label": "统一社会信用代码", "width": 42},
        {"label": "区县", "width": 16},
        {"label": "行业", "width": 26},
        {"label": "部署模型", "width": 16},
        {"label": "上云支出（万元）", "width": 20, "align": "right"},
        {"label": "申请", "width": 15},
        {"label": "结论", "width": 22},
        {"label": "联系人", "width": 16},
        {"label": "电话", "width": 26},
    ]
    row = [
        ENTERPRISE,
        USCC,
        "新城区",
        "通用设备制造业",
        "混合云",
        "86.20",
        "四星级",
        "推荐四星级",
        "顾长庚",
        "13900000001",
    ]
    return {
        "annex": "附件 2",
        "title": "云州市星级上云企业认定和推荐企业项目汇总表",
        "unit": {"label": "填报单位（盖章）", "value": "云州市新城区工业和信息化局"},
        "date": "2020 年 10 月 23 日",
        "table": {
            "columns": columns,
            "rows": [[str(n), *row] for n in range(1, 19)],
            "total": ["", "合计 18 家", "", "", "", "", "1,551.60", "", "", "", ""],
        },
        "signs": ["负责人", "审核人", "填表人", "联系电话"],
        "note": "",
    }


def certificate_data() -> dict[str, Any]:
    return {
        "title": "证书",
        "level_mark": "★★★★",
        "holder": ENTERPRISE,
        "text": "经审核，认定你单位为 2020 年云州市四星级上云企业。特发此证。",
        "facts": [
            {"label": "统一社会信用代码", "value": USCC},
            {"label": "有效期", "value": "2021 年 1 月 6 日起"},
        ],
        "serial_label": "证书编号",
        "serial": "YZ-SJSY-2020-4-0007",
        "verify_note": "扫码核验",
        "qr": "https://xingyun.example.gov.cn/certificates/YZ-SJSY-2020-4-0007",
        "issuer": "云州市工业和信息化局",
        "date": "2021 年 1 月 6 日",
    }
