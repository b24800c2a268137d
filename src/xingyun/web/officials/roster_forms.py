"""The forms of the roster page."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ImportForm(forms.Form):
    """Either a file or pasted lines."""

    file = forms.FileField(
        label=_("文件"), required=False, help_text=_(".xlsx 或 .csv，要有“统一社会信用代码”和“企业名称”两列")
    )
    lines = forms.CharField(
        label=_("或者粘贴"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        help_text=_("一行一家：代码、名称，中间空格、逗号或制表符"),
    )
    listed_on = forms.DateField(
        label=_("列入名录的日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
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
