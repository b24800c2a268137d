"""What an administrator fills in on the page of people: a seat, and a deputyship."""

from django import forms
from django.utils.translation import gettext_lazy

from xingyun.registry.actions.deputising import STANDING_IN as ROLES
from xingyun.registry.states import Role


class SeatForm(forms.Form):
    """Who is seated where; what is said of the person is for an account that is opened now."""

    prefix = "seat"

    authority = forms.CharField(label=gettext_lazy("单位"), max_length=80)
    role = forms.ChoiceField(label=gettext_lazy("职责"), choices=[(role, role.label) for role in Role])
    username = forms.CharField(
        label=gettext_lazy("登录名"),
        max_length=150,
        help_text=gettext_lazy("已有账号的写他的账号；没有的照这个名字新开，密码只显示一次"),
    )
    post = forms.CharField(
        label=gettext_lazy("岗位"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("新账号用；别人看到的是它，不写就用单位加职责"),
    )
    name = forms.CharField(label=gettext_lazy("姓名"), max_length=40, required=False)
    phone = forms.CharField(label=gettext_lazy("电话"), max_length=40, required=False)
    email = forms.EmailField(label=gettext_lazy("邮箱"), required=False)


class DeputyForm(forms.Form):
    """Who stands in for whom, in which office, which days and why."""

    authority = forms.CharField(label=gettext_lazy("单位"), max_length=80)
    role = forms.ChoiceField(
        label=gettext_lazy("岗位"), choices=[(role, Role(role).label) for role in Role if role in ROLES]
    )
    principal = forms.CharField(
        label=gettext_lazy("代理谁"),
        max_length=150,
        required=False,
        help_text=gettext_lazy("账号；不写就是代理这个岗位"),
    )
    deputy = forms.CharField(
        label=gettext_lazy("代理人"), max_length=150, help_text=gettext_lazy("账号，须是同一单位的同事")
    )
    first_day = forms.DateField(
        label=gettext_lazy("从哪天"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    last_day = forms.DateField(
        label=gettext_lazy("到哪天"),
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        help_text=gettext_lazy("含当天，过后自动结束"),
    )
    reason = forms.CharField(label=gettext_lazy("理由"), max_length=500)
