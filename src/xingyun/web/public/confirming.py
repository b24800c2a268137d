"""The provider's page: what an applicant asks it to confirm. The mailed link is the only key."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from xingyun import clock
from xingyun.accounts.adapter import may_answer, network_address
from xingyun.applications import actions
from xingyun.applications.queries.confirming import application_of, why_over
from xingyun.audit.errors import Refused
from xingyun.evidence.actions import Answer
from xingyun.evidence.models import Confirmation
from xingyun.evidence.queries import confirmation_by, contract_of, has_expired
from xingyun.evidence.states import ConfirmationState
from xingyun.registry.actions import digest
from xingyun.rounds.queries import rulebook_of
from xingyun.rulebook import Text
from xingyun.web import answers

PAGE = "public/confirm.html"
REQUIRED = gettext_lazy("还没有填。")
CHOOSE = gettext_lazy("请选“确认”或“不予确认”。")


class AnswerForm(forms.Form):
    """Who answers what. Whoever confirms ticks what it vouches for, whoever does not says why."""

    use_required_attribute = False

    answer = forms.ChoiceField(
        choices=[("yes", gettext_lazy("确认")), ("no", gettext_lazy("不予确认"))],
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    sure = forms.BooleanField(required=False)
    reason = forms.CharField(
        label=gettext_lazy("不予确认的理由"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("选“不予确认”的要填，申报企业会看到"),
    )
    person = forms.CharField(
        label=gettext_lazy("您的姓名"),
        max_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": REQUIRED},
    )
    post = forms.CharField(
        label=gettext_lazy("职务"),
        max_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
        error_messages={"required": REQUIRED},
    )
    phone = forms.CharField(
        label=gettext_lazy("联系电话"),
        max_length=32,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        help_text=gettext_lazy("只有审核人员看得到，用来核实"),
        error_messages={"required": REQUIRED},
    )

    def clean(self) -> dict[str, Any]:
        """The tick goes with one answer, the reason with the other."""
        typed = super().clean() or {}
        if typed.get("answer") == "yes" and not typed.get("sure"):
            self.add_error("sure", _("确认的，请先勾选这一句。"))
        if typed.get("answer") == "no" and not typed.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("请写明为什么不能确认。"))
        return typed


@sensitive_post_parameters("person", "post", "phone")
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """What is asked, and a form to answer it once; a link that is over says why."""
    one = confirmation_by(digest(token))
    form = AnswerForm(request.POST if request.method == "POST" else None)
    context = {**_context(one), "form": form, "token": token, "refused": None}
    if request.method != "POST":
        return _private(answers.page(request, PAGE, context))
    if one is None or context["over"]:
        return _private(answers.page(request, PAGE, context, status=422))
    if not may_answer(request, one.digest):
        said = Refused(_("提交得太频繁，请过几分钟再试。"))
        return _private(answers.again(request, said, PAGE, context))
    if not form.is_valid():
        return _private(answers.page(request, PAGE, context, status=422))
    try:
        actions.answer_confirmation(
            confirmation=one, answer=_answer(request, form.cleaned_data), now=clock.now()
        )
    except Refused as refused:
        if refused.field not in form.fields:
            fresh = _context(confirmation_by(digest(token)))
            return _private(answers.again(request, refused, PAGE, {**context, **fresh}))
        form.add_error(refused.field, refused.message)
        return _private(answers.page(request, PAGE, context, status=422))
    return answers.done(request, _("您的回答已记下。"), "confirm", token)


def _answer(request: HttpRequest, typed: dict[str, Any]) -> Answer:
    return Answer(
        confirmed=typed["answer"] == "yes",
        person=typed["person"],
        post=typed["post"],
        phone=typed["phone"],
        reason=typed["reason"],
        network=network_address(request),
    )


def _context(one: Confirmation | None) -> dict[str, Any]:
    """What the page shows; `over` says why nothing can be answered, empty where it can."""
    if one is None:
        return {
            "one": None,
            "over": _("链接没有复制完整，或申报企业又发过一次。请用最近一封邮件里的链接。"),
        }
    application = application_of(one)
    book = rulebook_of(application.edition)
    deployments = {d.key: d.name for d in book.deployments}
    return {
        "one": one,
        "book": book,
        "award": Text(book.programme.award, book.programme.award_en),
        "clause": book.confirming.clause[0] if book.confirming else "",
        "deployment": deployments.get(one.told["deployment"], ""),
        "sanctions": [rule for rule in book.sanctions if rule.subject == "provider" or rule.joint],
        "over": _over(one) or why_over(application, one, contract_of(one)),
    }


def _over(one: Confirmation) -> str:
    """Why the link itself can't be used any more."""
    if one.state == ConfirmationState.CONFIRMED:
        return _("这份合同已经确认过了，不能更改。确认有误的，请联系受理申报的主管部门。")
    if one.state == ConfirmationState.DECLINED:
        return _("这份合同已经答复“不予确认”，不能更改。要改变答复的，请申报企业重新发来。")
    if one.state == ConfirmationState.WITHDRAWN:
        return _("申报企业已撤回，不用再确认。")
    if has_expired(one, clock.now()):
        return _("链接已过期。还要确认的，请申报企业再发一次。")
    return ""


def _private(answer: HttpResponse) -> HttpResponse:
    """Nobody but who opened it keeps a copy, and no search engine."""
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer
