"""The navigation of this audience; its first entry that a person sees is where the work begins."""

from django.utils.translation import gettext_lazy as _

from xingyun.web.navigation import Way

WAYS: tuple[Way, ...] = (
    Way(_("我的申报"), "enterprise_home"),
    Way(_("消息"), "enterprise_messages"),
    Way(_("成员"), "enterprise_people"),
    Way(_("通知与政策"), "notice"),
)
