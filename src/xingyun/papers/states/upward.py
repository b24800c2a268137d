"""What goes up with a report: the report itself, the office's own decision, its letter."""

from django.utils.translation import gettext_lazy as _

from xingyun.papers.states.kinds import (
    ABOVE,
    BODY_HINT,
    CLOSING_HINT,
    COMMON,
    COUNT,
    LEVELS,
    Kind,
    Passage,
    Place,
    Shape,
    addressed,
    contact,
    listing,
)

SAMPLE = {"tables": listing("统一社会信用代码", "级别"), "date": "　　年　月　日"}

REPORT = Kind(
    key="report",
    label=_("联合报告"),
    about=_("起草上报件时用；结果和报送材料由系统接在正文后面"),
    top=False,
    numbered=True,
    joint=True,
    passages=(
        Passage(
            "title", _("标题"), Shape.TITLE, "关于｛报送方式｝｛年度｝年｛评定名称｝\n评定和推荐结果的报告"
        ),
        addressed("｛上级单位｝：", needed=True),
        Passage(
            "body",
            _("正文开头"),
            Shape.PARAGRAPHS,
            "按照｛通知文号｝的要求，我单位组织了｛年度｝年｛评定名称｝的受理和评定，现将｛结果范围｝报告如下。",
            BODY_HINT,
        ),
        Passage(
            "closing",
            _("结尾"),
            Shape.PARAGRAPHS,
            hint=_("写在报送材料后面，例如：特此报告。没有就空着"),
            needed=False,
        ),
        contact(),
    ),
    places=(
        *COMMON,
        ABOVE,
        Place("报送方式", _("报送、补充报送或者重新报送"), "报送"),
        Place("结果范围", _("结果，或者前次上报以后新评定的结果"), "结果"),
    ),
    sample={
        "more": [
            {"text": "一、结果", "kind": "h1"},
            {"text": "评定乙级：通过3家。"},
            {"text": "二、报送材料", "kind": "h1"},
            {"text": "项目汇总表；申报材料。"},
        ],
        "annexes": ["2020年上云示范企业认定和推荐企业项目汇总表"],
        "signers": [],
        "date": "　　年　月　日",
    },
)
DECISION = Kind(
    key="decision",
    label=_("认定决定"),
    about=_("本级自己认定的级别，随上报件一起生成"),
    top=False,
    numbered=True,
    joint=True,
    passages=(
        Passage("title", _("标题"), Shape.TITLE, "关于认定｛年度｝年｛评定名称｝\n（｛级别｝）的决定"),
        addressed(),
        Passage(
            "body",
            _("正文"),
            Shape.PARAGRAPHS,
            "按照｛通知文号｝的要求，经企业申报、审核和集体研究，在名额以内认定下列企业为"
            "｛年度｝年｛评定名称｝（｛级别｝），共｛家数｝家。",
            BODY_HINT,
        ),
        Passage(
            "closing",
            _("名单之后"),
            Shape.PARAGRAPHS,
            "本决定报｛上级单位｝，由其统一公布。",
            CLOSING_HINT,
            needed=False,
        ),
        contact(),
    ),
    places=(*COMMON, LEVELS, COUNT, ABOVE),
    sample=SAMPLE,
)
RECOMMENDATION = Kind(
    key="recommendation",
    label=_("推荐函"),
    about=_("向上级推荐的级别，随上报件一起生成"),
    top=False,
    numbered=True,
    passages=(
        Passage("title", _("标题"), Shape.TITLE, "关于推荐｛年度｝年｛评定名称｝\n（｛级别｝）的函"),
        addressed("｛上级单位｝：", needed=True),
        Passage(
            "body",
            _("正文"),
            Shape.PARAGRAPHS,
            "按照｛通知文号｝的要求，我单位对申报材料进行了初审，在名额以内推荐下列企业申报，"
            "共｛家数｝家，请予评定。",
            BODY_HINT,
        ),
        Passage("closing", _("名单之后"), Shape.PARAGRAPHS, "专此函达。", CLOSING_HINT, needed=False),
        contact(),
    ),
    places=(*COMMON, LEVELS, COUNT, ABOVE),
    sample={**SAMPLE, "annexes": ["2020年上云示范企业认定和推荐企业项目汇总表", "推荐企业的申报材料"]},
)
