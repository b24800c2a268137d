"""What the leading office lays open and announces."""

from django.utils.translation import gettext_lazy as _

from xingyun.papers.states.kinds import (
    AWARD,
    BODY_HINT,
    CLOSING_HINT,
    COMMON,
    COUNT,
    Kind,
    Passage,
    Place,
    Shape,
    addressed,
    contact,
    listing,
)

SAMPLE = {"tables": listing("推荐单位", "级别"), "date": "2020年12月23日"}

PUBLIC_NOTICE = Kind(
    key="public_notice",
    label=_("公示"),
    about=_("发布拟认定名单时用"),
    top=True,
    passages=(
        Passage("title", _("标题"), Shape.TITLE, "关于｛年度｝年｛评定名称｝\n拟认定名单的公示"),
        addressed(),
        Passage(
            "body",
            _("正文"),
            Shape.PARAGRAPHS,
            "经评定，现将｛年度｝年｛评定全称｝拟认定名单予以公示。"
            "公示期自｛公示首日｝至｛公示末日｝，共｛公示天数｝。",
            BODY_HINT,
        ),
        Passage(
            "closing",
            _("名单之后"),
            Shape.PARAGRAPHS,
            "公示期间，任何单位和个人可以提出异议，并说明事实和理由。｛异议渠道｝。",
            CLOSING_HINT,
        ),
        contact(),
    ),
    places=(
        *COMMON,
        AWARD,
        COUNT,
        Place("公示首日", _("公示的第一天"), "2020年12月23日"),
        Place("公示末日", _("公示的最后一天"), "2020年12月29日"),
        Place("公示天数", _("公示几天，从哪天算起"), "5个工作日（当日起算）"),
        Place("异议渠道", _("规则里写的各个异议渠道"), "电话：0500-66600001；电子邮箱：yunpan@example.com"),
    ),
    kept=("公示首日", "公示末日", "异议渠道"),
    sample=SAMPLE,
)
ANNOUNCEMENT = Kind(
    key="announcement",
    label=_("公布结果的通知"),
    about=_("公示期满，公布结果时用"),
    top=True,
    numbered=True,
    passages=(
        Passage("title", _("标题"), Shape.TITLE, "关于公布｛年度｝年｛评定名称｝\n名单的通知"),
        addressed(),
        Passage(
            "body",
            _("正文"),
            Shape.PARAGRAPHS,
            "经评定和公示，现认定下列企业为｛年度｝年｛评定全称｝，共｛家数｝家，予以公布。",
            BODY_HINT,
        ),
        Passage("closing", _("名单之后"), Shape.PARAGRAPHS, "特此通知。", CLOSING_HINT, needed=False),
        contact(),
    ),
    places=(*COMMON, AWARD, COUNT),
    sample=SAMPLE,
)
