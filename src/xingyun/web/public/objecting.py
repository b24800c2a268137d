"""What is asked of whoever objects, online or by letter."""

from django import forms
from django.utils.translation import gettext_lazy as _

from xingyun.rulebook import Rulebook
from xingyun.web.wording import tell


class ObjectionForm(forms.Form):
    """What an objector says. Who it is stays with the deciding office."""

    channel = forms.ChoiceField(label=_("提出的方式"))
    text = forms.CharField(label=_("事实和理由"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8}))
    name = forms.CharField(label=_("姓名或单位"), max_length=80)
    contact = forms.CharField(label=_("联系方式"), max_length=120)

    def __init__(self, rulebook: Rulebook, *args: object, asked: bool = False, **kwargs: object) -> None:
        """`asked`: nothing is chosen beforehand, for whoever enters what came by another way."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        channel = self.fields["channel"]
        assert isinstance(channel, forms.ChoiceField)
        first = [("", _("请选择"))] if asked else []
        channel.choices = [*first, *((c.key, tell(c.name)) for c in rulebook.notice.channels)]
