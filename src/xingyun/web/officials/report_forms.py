"""The form for a report that was countersigned on paper."""

from django import forms
from django.utils.translation import gettext_lazy as _


class OfflineForm(forms.Form):
    """Number (unless it was given here already), day, signatories, and the scan with both seals."""

    number = forms.CharField(label=_("文号"), max_length=80, required=False)
    dated_on = forms.DateField(label=_("成文日期"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    signatories = forms.CharField(
        label=_("签发人"), max_length=160, help_text=_("两家的签发人，按文件上写的填")
    )
    scan = forms.FileField(
        label=_("盖章扫描件"), help_text=_("两枚公章都要有；PDF、JPG 或 PNG"), allow_empty_file=True
    )
