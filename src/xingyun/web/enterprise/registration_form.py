"""The form by which an enterprise registers, and the two papers that go with it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from django import forms
from django.core import signing
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xingyun.accounts.adapter import has_learnt_of_others, may_learn_of_others
from xingyun.audit.errors import Refused, Revealing
from xingyun.files.models import File
from xingyun.files.tus import clean_name
from xingyun.registry.states import TakeoverReason
from xingyun.web.enterprise.intake import MB, take
from xingyun.web.fields import Shown

SALT = "registration"
DAY = 24 * 3600
LIMIT = 20 * MB
PAPERS = {
    "licence": gettext_lazy("营业执照副本"),
    "authorisation": gettext_lazy("盖章的授权书"),
}


def _line(label: Any, **more: Any) -> forms.CharField:
    words = {"required": gettext_lazy("还没有填。")}
    return forms.CharField(label=label, max_length=more.pop("most", 120), error_messages=words, **more)


class Account(forms.Form):
    """The person behind an account; the action has the last word on all of it."""

    use_required_attribute = False

    person = _line(gettext_lazy("姓名"), most=64)
    phone = _line(gettext_lazy("手机"), most=32)
    email = forms.EmailField(
        label=gettext_lazy("电子邮箱"),
        error_messages={
            "required": gettext_lazy("还没有填。"),
            "invalid": gettext_lazy("这不像邮箱地址，应像 name@example.com。"),
        },
    )
    username = _line(gettext_lazy("登录名"), most=64, help_text=gettext_lazy("以后用它登录，字母或数字"))
    password = forms.CharField(
        label=gettext_lazy("密码"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput,
        help_text=gettext_lazy("至少 10 位，不能全是数字"),
        error_messages={"required": gettext_lazy("请填密码。页面不保留密码，改过别处也要再填一次。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hints = {"person": "name", "phone": "tel", "email": "email"}
        hints |= {"username": "username", "password": "new-password", "name": "organization"}
        for name in hints.keys() & self.fields.keys():
            self.fields[name].widget.attrs["autocomplete"] = hints[name]


class OfEnterprise(Account):
    """An account that goes with an enterprise's code."""

    uscc = _line(gettext_lazy("统一社会信用代码"), most=24)

    @property
    def code(self) -> Shown:
        """The code's field, taken apart as in the application form."""
        return Shown(
            key="uscc",
            kind="uscc",
            label=str(self.fields["uscc"].label),
            value=self["uscc"].value() or "",
            error="".join(str(e) for e in self.errors.get("uscc", [])),
            hint=_("18 位，照营业执照填。字母不分大小写，空格不影响"),
        )


class Claiming(OfEnterprise):
    """Somebody else than the present people is to act for the enterprise."""

    reason = forms.ChoiceField(
        label=gettext_lazy("为什么要接管"),
        choices=[("", gettext_lazy("请选择")), *TakeoverReason.choices],
        error_messages={"required": gettext_lazy("请选为什么要接管。")},
    )
    note = _line(
        gettext_lazy("补充说明"),
        most=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("没有可不填"),
    )


class Registration(OfEnterprise):
    """An enterprise with its first person."""

    name = _line(gettext_lazy("企业名称"), help_text=gettext_lazy("与营业执照一致"))
    address = _line(gettext_lazy("注册地址"), most=200, help_text=gettext_lazy("照营业执照的住所填写"))
    authority = forms.ChoiceField(
        label=gettext_lazy("所在地"),
        help_text=gettext_lazy("向登记地的主管部门申报，功能区内的企业选功能区"),
        error_messages={"required": gettext_lazy("请选企业登记所在的地方。")},
    )

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        choice = self.fields["authority"]
        assert isinstance(choice, forms.ChoiceField)  # declared above
        choice.choices = [("", _("请选择")), *places]


def tried(request: HttpRequest, form: forms.Form, act: Callable[[], object]) -> bool:
    """Act; the reason of a refusal stands in the form. Who tries through the codes of others is stopped."""
    if not may_learn_of_others(request):
        form.add_error(None, _("从您的网络试过的代码和登录名太多了，请一小时后再试，或者联系主管部门。"))
        return False
    try:
        act()
    except Refused as refused:
        if isinstance(refused, Revealing):
            has_learnt_of_others(request)
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return False
    return True


class Kept(NamedTuple):
    """A paper that has arrived: its file and name, and the token that brings it through another try."""

    file: File
    name: str
    token: str


def with_papers(request: HttpRequest, form: forms.Form, now: datetime) -> dict[str, Kept]:
    """Look through the form; a paper that is not at hand is one of its errors. The papers at hand."""
    form.full_clean()
    at_hand = papers(request, form, now)
    for missing in PAPERS.keys() - at_hand.keys():
        form.add_error(None, _("还差%(paper)s。") % {"paper": PAPERS[missing]})
    return at_hand


def papers(request: HttpRequest, form: forms.Form, now: datetime) -> dict[str, Kept]:
    """The papers at hand: uploaded now, or kept from the try before. What is wrong goes to the form."""
    found = {}
    for field in PAPERS:
        try:
            found[field] = _fresh(request, field, now) or _kept(request, field)
        except Refused as refused:
            form.add_error(None, refused.message)
    return {field: kept for field, kept in found.items() if kept}


def _fresh(request: HttpRequest, field: str, now: datetime) -> Kept | None:
    uploaded = request.FILES.get(field)
    if uploaded is None:
        return None
    name = clean_name(uploaded.name or "")
    try:
        file = take(uploaded, limit=LIMIT, field=field, now=now)
    except Refused as refused:
        raise Refused(f"{PAPERS[field]}（{name}）：{refused.message}", field=field) from refused
    return Kept(file, name, signing.dumps([field, file.sha256, name], salt=SALT))


def _kept(request: HttpRequest, field: str) -> Kept | None:
    token = request.POST.get(f"{field}-kept", "")
    try:
        of, sha256, name = signing.loads(token, salt=SALT, max_age=DAY)
        return Kept(File.objects.get(sha256=sha256), name, token) if of == field else None
    except (signing.BadSignature, ObjectDoesNotExist, ValueError):
        return None
