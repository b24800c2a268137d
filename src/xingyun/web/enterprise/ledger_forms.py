"""The forms of the ledger: what is typed into them, and the data that the actions take."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xingyun.evidence.actions import ContractData, InvoiceData, PaymentData
from xingyun.evidence.models import Contract, Invoice, Payment
from xingyun.rulebook import Rulebook
from xingyun.web.wording import tell, yuan

REQUIRED = gettext_lazy("还没有填。")
SUM = re.compile(r"(-?)(\d{1,13})(?:\.(\d{1,2}))?")


class Fen(forms.CharField):
    """A sum in yuan, kept as whole fen."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
        super().__init__(widget=widget, error_messages={"required": REQUIRED}, **kwargs)

    def clean(self, value: Any) -> Any:
        """Whole fen, or a ValidationError that says how to write it."""
        typed = re.sub(r"[\s,，¥￥元]", "", str(super().clean(value)))
        if not typed and not self.required:
            return ""
        found = SUM.fullmatch(typed)
        if not found:
            raise forms.ValidationError(_("请只填数字，单位是元，最多两位小数，例如 214000.00。"))
        sign, whole, part = found.groups()
        return int(f"{sign}{int(whole) * 100 + int((part or '').ljust(2, '0'))}")


class Day(forms.DateField):
    """A day, typed in any of the usual ways."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日"],
            widget=forms.DateInput(
                format="%Y-%m-%d", attrs={"placeholder": "2020-03-15", "autocomplete": "off"}
            ),
            error_messages={"required": REQUIRED, "invalid": gettext_lazy("请填年月日，例如 2020-03-15。")},
            **kwargs,
        )


def _line(label: Any, most: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, error_messages={"required": REQUIRED}, **more)


class ContractForm(forms.Form):
    """One contract."""

    use_required_attribute = False

    number = _line(gettext_lazy("合同编号"), 80, help_text=gettext_lazy("没有编号的写“无编号”加签订日期"))
    title = _line(gettext_lazy("合同名称或采购内容"), 160)
    seller = _line(gettext_lazy("供应方"), 120, help_text=gettext_lazy("全称，与合同盖章一致"))
    seller_uscc = _line(gettext_lazy("供应方统一社会信用代码"), 24, required=False)
    signed_on = Day(label=gettext_lazy("签订日期"))
    amount_fen = Fen(label=gettext_lazy("合同金额（元，含税）"))
    starts_on = Day(label=gettext_lazy("服务开始"), required=False)
    ends_on = Day(label=gettext_lazy("服务结束"), required=False)
    deployment = forms.ChoiceField(label=gettext_lazy("部署模型"), error_messages={"required": REQUIRED})
    says_cloud = forms.ChoiceField(
        label=gettext_lazy("合同里写明“云服务”“云产品”等字样了吗"),
        help_text=gettext_lazy("没有写明的，要另交双方盖章的云端部署说明"),
        error_messages={"required": REQUIRED},
    )

    def __init__(self, *args: Any, book: Rulebook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        empty = ("", _("请选择"))
        if book.deployments:
            _offer(self, "deployment", [empty, *((d.key, tell(d.name)) for d in book.deployments)])
        else:
            del self.fields["deployment"]
        _offer(self, "says_cloud", [empty, ("yes", _("写明了")), ("no", _("没有写明"))])

    def data_of(self) -> ContractData:
        """What was typed, for the action."""
        typed = dict(self.cleaned_data)
        return ContractData(**{"deployment": "", **typed, "says_cloud": typed["says_cloud"] == "yes"})


class OfContract(forms.Form):
    """What belongs to one of the ledger's contracts, or to none."""

    use_required_attribute = False

    contract = forms.ChoiceField(label=gettext_lazy("属于哪份合同"), required=False)

    def __init__(self, *args: Any, contracts: Iterable[Contract], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contracts = {str(c.uid): c for c in contracts}
        named = ((uid, f"{c.number} {c.title}") for uid, c in self.contracts.items())
        _offer(self, "contract", [("", _("不属于下面任何一份")), *named])

    def typed(self) -> dict[str, Any]:
        """What was typed, the contract looked up."""
        typed = dict(self.cleaned_data)
        return {**typed, "contract": self.contracts.get(typed["contract"])}


class InvoiceForm(OfContract):
    """One invoice."""

    code = _line(gettext_lazy("发票代码"), 12, required=False, help_text=gettext_lazy("数电票没有代码，不填"))
    number = _line(gettext_lazy("发票号码"), 20)
    issued_on = Day(label=gettext_lazy("开票日期"))
    net_fen = Fen(label=gettext_lazy("金额（元，不含税）"))
    tax_fen = Fen(label=gettext_lazy("税额（元）"))
    gross_fen = Fen(label=gettext_lazy("价税合计（元）"))
    seller = _line(gettext_lazy("销售方"), 120, required=False)
    explanation = forms.CharField(
        label=gettext_lazy("说明"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("集团统一采购、曾用名、红字发票、一票对应多份合同、外币等写在这里"),
    )

    def data_of(self) -> InvoiceData:
        """What was typed, for the action."""
        return InvoiceData(**self.typed())


class PaymentForm(OfContract):
    """One payment."""

    number = _line(gettext_lazy("银行流水号"), 60, help_text=gettext_lazy("回单上的号，没有的写“无”加日期"))
    paid_on = Day(label=gettext_lazy("付款日期"))
    amount_fen = Fen(label=gettext_lazy("付款金额（元）"))
    payee = _line(gettext_lazy("收款方"), 120, required=False)
    explanation = forms.CharField(
        label=gettext_lazy("说明"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("集团代付、退款、一笔付多份合同等写在这里"),
    )

    def data_of(self) -> PaymentData:
        """What was typed, for the action."""
        return PaymentData(**self.typed())


def _offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def of_contract(contract: Contract) -> dict[str, str | date | None]:
    """What the form shows of a contract that is there."""
    names = ("number", "title", "seller", "seller_uscc", "signed_on", "starts_on", "ends_on", "deployment")
    shown = {name: getattr(contract, name) for name in names}
    said = "yes" if contract.says_cloud else "no"
    return {**shown, "amount_fen": yuan(contract.amount_fen), "says_cloud": said}


def of_invoice(invoice: Invoice) -> Mapping[str, str | date]:
    """What the form shows of an invoice that is there."""
    names = ("code", "number", "issued_on", "seller", "explanation")
    sums = {name: yuan(getattr(invoice, name)) for name in ("net_fen", "tax_fen", "gross_fen")}
    contract = str(invoice.contract.uid) if invoice.contract else ""
    return {**{name: getattr(invoice, name) for name in names}, **sums, "contract": contract}


def of_payment(payment: Payment) -> Mapping[str, str | date]:
    """What the form shows of a payment that is there."""
    names = ("number", "paid_on", "payee", "explanation")
    shown = {name: getattr(payment, name) for name in names}
    contract = str(payment.contract.uid) if payment.contract else ""
    return {**shown, "amount_fen": yuan(payment.amount_fen), "contract": contract}
