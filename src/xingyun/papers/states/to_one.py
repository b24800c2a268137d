"""What one applicant is told: what to mend, or that its application is not taken."""

from django.utils.translation import gettext_lazy as _

from xingyun.papers.states.kinds import COMMON, ENTERPRISE, Kind, Passage, Place, Shape

LEAD_HINT = _("写在表格前面；每行一段")
END_HINT = _("写在表格后面；每行一段")


def addressed() -> Passage:
    """The enterprise that is told."""
    return Passage("addressee", _("抬头"), Shape.LINE, "｛企业名称｝：", _("写给哪家企业，末尾用全角冒号"))


RETURN_NOTICE = Kind(
    key="return_notice",
    label=_("补正通知书"),
    about=_("退回补正时用"),
    passages=(
        Passage("title", _("标题"), Shape.LINE, "申报材料补正通知书"),
        addressed(),
        Passage(
            "lead",
            _("表格之前"),
            Shape.TEXT,
            "你单位提交的｛评定名称｝申报材料（｛申请编号｝）收悉。经核对，下列内容需要补正，现一次告知：",
            LEAD_HINT,
        ),
        Passage(
            "closing",
            _("表格之后"),
            Shape.TEXT,
            "请于｛补正期限｝前登录系统补正并重新提交。没有列出的内容不需要改动。",
            END_HINT,
        ),
    ),
    places=(
        *COMMON,
        *ENTERPRISE,
        Place("补正期限", _("最晚什么时候重新提交"), "10月23日 24:00"),
        Place("处数", _("要补正的有几处"), "2"),
    ),
    kept=("企业名称", "补正期限"),
    sample={
        "number": "YZ-2020-00012-1",
        "columns": ["序号", "位置", "问题和要求", "怎样补正", "依据"],
        "defects": [
            {
                "place": place,
                "text": text,
                "remedy": "在系统中改好这一处，重新成册、盖章、上传扫描件",
                "clause": "二、2",
            }
            for place, text in (("经营范围", "与营业执照不一致。"), ("审计报告", "缺第 3 页。"))
        ],
        "date": "2020年10月16日",
    },
)
REFUSAL = Kind(
    key="refusal",
    label=_("不予受理通知书"),
    about=_("不予受理时用"),
    passages=(
        Passage("title", _("标题"), Shape.LINE, "不予受理通知书"),
        addressed(),
        Passage(
            "lead",
            _("表格之前"),
            Shape.TEXT,
            "你单位提交的｛评定名称｝申报材料（｛申请编号｝）收悉。经核对，因下列原因不予受理：",
            LEAD_HINT,
        ),
        Passage(
            "closing",
            _("表格之后"),
            Shape.TEXT,
            "对不予受理有异议的，可以在系统的申报进度页提出申诉，写明事实和理由。材料都还保留。",
            END_HINT,
        ),
    ),
    places=(*COMMON, *ENTERPRISE),
    kept=("企业名称",),
    sample={
        "number": "YZ-2020-00012-N1",
        "columns": ["序号", "理由", "依据"],
        "grounds": [{"text": "企业的登记地不在本区。", "clause": "一、1"}],
        "date": "2020年10月16日",
    },
)
