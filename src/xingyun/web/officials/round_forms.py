"""The forms of rounds and windows."""

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from xingyun import clock
from xingyun.rounds.models import Edition

MIDNIGHT = time(0)
# The class takes a parameter for the type checker only.
if TYPE_CHECKING:
    EditionChoice = forms.ModelChoiceField[Edition]
else:
    EditionChoice = forms.ModelChoiceField


class EditionField(EditionChoice):
    """A choice among released editions."""

    def label_from_instance(self, obj: Edition) -> str:
        """How an edition is called in the list."""
        return f"{obj.programme.title} v{obj.number} ({obj.digest[:8]})"


class PlanForm(forms.Form):
    """Which edition the next round follows, and whose year's places it takes."""

    edition = EditionField(label=_("规则版本"), queryset=Edition.objects.none(), empty_label=None)
    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2999)

    def __init__(self, *args: object, editions: list[Edition], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field: EditionField = self.fields["edition"]  # type: ignore[assignment]
        field.queryset = (
            Edition.objects.filter(pk__in=[e.pk for e in editions])
            .select_related("programme")
            .defer("source")
        )


class WindowForm(forms.Form):
    """From when until when; a last day without an hour is open until its 24:00."""

    opens_on = forms.DateField(label=_("开始日期"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    opens_at = forms.TimeField(
        label=_("开始时刻"), required=False, widget=forms.TimeInput({"type": "time"}, "%H:%M")
    )
    closes_on = forms.DateField(label=_("截止日期"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    closes_at = forms.TimeField(
        label=_("截止时刻"),
        required=False,
        widget=forms.TimeInput({"type": "time"}, "%H:%M"),
        help_text=_("不填就是当天 24:00"),
    )
    reason = forms.CharField(
        label=_("更改的理由"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("更改已设定的时间要写，对范围内的企业一律适用，记入操作记录"),
    )

    @property
    def span(self) -> tuple[datetime, datetime]:
        """[opens, closes) in Asia/Shanghai."""
        given = self.cleaned_data
        opens = datetime.combine(given["opens_on"], given["opens_at"] or MIDNIGHT, clock.ZONE)
        if given["closes_at"]:
            return opens, datetime.combine(given["closes_on"], given["closes_at"], clock.ZONE)
        return opens, datetime.combine(given["closes_on"] + timedelta(days=1), MIDNIGHT, clock.ZONE)


def shown(opens: datetime, closes: datetime) -> dict[str, object]:
    """A window as the form shows it again."""
    start, end = opens.astimezone(clock.ZONE), closes.astimezone(clock.ZONE)
    last = end - timedelta(days=1) if end.time() == MIDNIGHT else end
    return {
        "opens_on": start.date(),
        "opens_at": start.time(),
        "closes_on": last.date(),
        "closes_at": None if end.time() == MIDNIGHT else end.time(),
    }
