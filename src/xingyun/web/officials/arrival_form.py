"""The form of a booklet that arrived on paper."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xingyun import clock
from xingyun.reviews.states import Condition, Seal

COUNT = forms.NumberInput({"inputmode": "numeric", "min": 1})


class ArrivalForm(forms.Form):
    """What an official sees of it, who brought it, where it is shelved; `reason` for a correction only."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(
        label=_("目录上的版本"),
        min_value=1,
        max_value=99999,
        widget=COUNT,
        help_text=_("目录页右上角的“第几版”"),
    )
    pages = forms.IntegerField(label=_("清点的页数"), min_value=1, max_value=99999, widget=COUNT)
    copies = forms.IntegerField(label=_("册数"), min_value=1, max_value=99, widget=COUNT)
    seals = forms.MultipleChoiceField(
        label=_("看到的印章"), choices=Seal.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    condition = forms.ChoiceField(label=_("完好情况"), choices=Condition.choices, widget=forms.RadioSelect)
    brought_by = forms.CharField(label=_("送件人"), max_length=80, help_text=_("姓名或快递单号"))
    shelf = forms.CharField(label=_("存放位置"), max_length=80, help_text=_("柜、层，例如 B 柜 3 层"))
    arrived_on = forms.DateField(label=_("收到日期"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    arrived_at = forms.TimeField(label=_("收到时刻"), widget=forms.TimeInput({"type": "time"}, "%H:%M"))
    remark = forms.CharField(
        label=_("备注"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("页数不符、缺损、没有企业公章的必填"),
    )
    reason = forms.CharField(
        label=_("更正的理由"), max_length=500, required=False, widget=forms.Textarea({"rows": 2})
    )

    @property
    def given(self) -> dict[str, Any]:
        """What was typed, the day and hour as one moment in Asia/Shanghai."""
        typed = {k: v for k, v in self.cleaned_data.items() if k not in ("seen", "arrived_on")}
        at = datetime.combine(self.cleaned_data["arrived_on"], typed["arrived_at"], clock.ZONE)
        return {**typed, "seals": tuple(typed["seals"]), "arrived_at": at}
