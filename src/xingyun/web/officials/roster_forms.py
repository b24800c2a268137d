"""The forms of the roster page."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ImportForm(forms.Form):
    """Either a file or pasted lines."""

    file = forms.FileField(
        label=_("文件"), required=False, help_text=_(".xlsx、.xls 或 .csv，要有代码和名称两列，最多 20 万行")
    )
    lines = forms.CharField(
        label=_("或者粘贴"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        help_text=_("一行一家：代码、名称，中间空格、逗号或制表符"),
    )
    listed_on = forms.DateField(
        label=_("列入名录的日期"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("表里没有写上云时间的，按这一天"),
    )


class EntryForm(forms.Form):
    """What may be mended of an entry; the code is not."""

    name = forms.CharField(label=_("企业名称"), max_length=120)
    listed_on = forms.DateField(
        label=_("上云时间"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    provider = forms.CharField(label=_("主要云服务商"), required=False, max_length=120)
    reason = forms.CharField(
        label=_("为什么改"), max_length=500, help_text=_("操作记录里会保留，例如：企业更名")
    )


class SnapshotForm(forms.Form):
    """The count that is released; a bare figure names its document."""

    counted_on = forms.DateField(
        label=_("统计日"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    count = forms.IntegerField(
        label=_("家数"), required=False, min_value=0, help_text=_("留空按名录计；没有名录的才直接填数")
    )
    source = forms.CharField(
        label=_("数字出处"), required=False, max_length=200, help_text=_("直接填数时必填，写明文件名称或文号")
    )
