"""What the acts in the record are called."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "application.begin": _("开始填报"),
    "application.submit": _("提交申报"),
    "application.withdraw": _("撤回申报"),
    "application.accept": _("受理"),
    "application.return": _("退回补正"),
    "application.refuse": _("不予受理"),
    "application.report": _("上报"),
    "application.receive": _("接收"),
    "application.send_back": _("退回下级"),
    "application.propose": _("列入拟认定名单"),
    "application.decline": _("未认定"),
    "application.strike": _("从名单去除"),
    "application.award": _("认定"),
    "application.disqualify": _("取消资格"),
    "application.revoke": _("撤销称号"),
    "application.booklet.made": _("成册"),
    "authorities.synced": _("更新单位"),
    "decision.prepared": _("拟定决定"),
    "decision.reviewed": _("复核决定"),
    "decision.signed": _("签发决定"),
    "decision.revoked": _("撤销决定"),
    "defect.answered": _("答复补正"),
    "edition.released": _("发布规则"),
    "enterprise.activated": _("激活企业"),
    "enterprise.refused": _("未予激活"),
    "enterprise.registered": _("企业注册"),
    "minutes.added": _("登记会议纪要"),
    "notice.published": _("发布公示"),
    "objection.decided": _("处理异议"),
    "objection.received": _("收到异议"),
    "paper.issue": _("出具文书"),
    "places.settled": _("核定名额"),
    "record.verified": _("查验记录"),
    "report.drafted": _("起草上报文件"),
    "results.announced": _("公布结果"),
    "roster.imported": _("导入名录"),
    "round.closed": _("结束批次"),
    "round.opened": _("开启批次"),
    "round.planned": _("筹备批次"),
    "sanction.entered": _("列入黑名单"),
    "seat.added": _("设置岗位"),
    "snapshot.released": _("发布名录基数"),
    "title.granted": _("授予称号"),
    "title.revoked": _("撤销称号"),
    "window.set": _("设定受理时间"),
}


def in_words(act: str) -> str:
    """The act in words; one that has none yet is shown by its key."""
    return str(WORDS.get(act, act))
