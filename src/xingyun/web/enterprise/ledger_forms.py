"""The forms of the ledger: what is typed into them, and the data that the actions take."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xingyun.audit.errors import Refused
from xingyun.evidence.actions import ContractData, InvoiceData, PaymentData
from xingyun.evidence.models import Contract, Invoice, Payment
from xingyun.evidence.states import Odd
from xingyun.rulebook import Rulebook
from xingyun.web.fen import fen_typed
from xingyun.web.wording import tell, yuan

REQUIRED = gettext_lazy("还没有填。")


class Fen(forms.CharField):
    """A sum in yuan, kept as whole fen."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
        super().__init__(widget=widget, error_messages={"required": REQUIRED}, **kwargs)

    def clean(self, value: Any) -> Any:
        """Whole fen, or a ValidationError that says how to write it."""
        typed = str(super().clean(value)).strip()
        if not typed and not self.required:
            return ""
        try:
            return fen_typed(typed)
        except Refused as refused:
            raise forms.ValidationError(refused.message) from refused


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


class Explained(forms.Form):
    """What belongs to one of the ledger's contracts, or to none; and what is odd about it, if anything.

    `needs` are the fields that a kind of oddity asks for besides.
    """

    use_required_attribute = False
    needs: Mapping[str, tuple[str, ...]] = {}

    contract = forms.ChoiceField(label=gettext_lazy("属于哪份合同"), required=False)
    odd = forms.MultipleChoiceField(label=gettext_lazy("特殊情况"), required=False)
    own_fen = Fen(
        label=gettext_lazy("其中属于本单位的（元，含税）"),
        required=False,
        help_text=gettext_lazy("全部都是的不用填"),
    )
    explanation = forms.CharField(
        label=gettext_lazy("情况说明"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("写清来龙去脉；记入后再选证明它的页，由受理单位认定计入多少"),
    )

    def __init__(self, *args: Any, contracts: Iterable[Contract], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contracts = {str(c.uid): c for c in contracts}
        named = ((uid, f"{c.number} {c.title}") for uid, c in self.contracts.items())
        _offer(self, "contract", [("", _("不属于下面任何一份")), *named])
        _offer(self, "odd", [(kind, str(Odd(kind).label)) for kind in Odd.values])

    @property
    def first(self) -> list[BoundField]:
        """What is asked of every row."""
        later = {"odd", "own_fen", "explanation", *(name for names in self.needs.values() for name in names)}
        return [self[name] for name in self.fields if name not in later]

    @property
    def asked(self) -> list[tuple[str, str, bool, list[BoundField]]]:
        """The kinds of oddity: key, name, whether chosen, what has to be said besides."""
        chosen = self["odd"].value() or []
        return [
            (kind.value, str(kind.label), kind in chosen, [self[name] for name in self.needs.get(kind, ())])
            for kind in Odd
        ]

    def typed(self) -> dict[str, Any]:
        """What was typed, the contract looked up."""
        typed = dict(self.cleaned_data)
        own = typed["own_fen"]
        return {
            **typed,
            "contract": self.contracts.get(typed["contract"]),
            "odd": tuple(typed["odd"]),
            "own_fen": None if own == "" else own,
        }


class InvoiceForm(Explained):
    """One invoice. A contract's share of it is asked in `share-<uid>`."""

    code = _line(gettext_lazy("发票代码"), 12, required=False, help_text=gettext_lazy("数电票没有代码，不填"))
    number = _line(gettext_lazy("发票号码"), 20)
    issued_on = Day(label=gettext_lazy("开票日期"))
    net_fen = Fen(label=gettext_lazy("金额（元，不含税）"))
    tax_fen = Fen(label=gettext_lazy("税额（元）"))
    gross_fen = Fen(label=gettext_lazy("价税合计（元）"))
    seller = _line(gettext_lazy("销售方"), 120, required=False)
    buyer = _line(
        gettext_lazy("购买方"),
        120,
        required=False,
        help_text=gettext_lazy("发票上不是本单位现名的才填，例如集团公司、曾用名"),
    )
    original = forms.ChoiceField(label=gettext_lazy("冲的是哪一张"), required=False)
    currency = _line(gettext_lazy("币种"), 3, required=False, help_text=gettext_lazy("例如 USD"))
    foreign_sum = _line(gettext_lazy("外币金额"), 20, required=False)
    rate = _line(gettext_lazy("折算汇率"), 12, required=False, help_text=gettext_lazy("1 外币合多少元"))

    def __init__(self, *args: Any, originals: Iterable[Invoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.originals = {str(i.uid): i for i in originals}
        named = ((uid, f"{i.number} {yuan(i.gross_fen)}") for uid, i in self.originals.items())
        _offer(self, "original", [("", _("不在台账里")), *named])
        self.shared = {f"share-{uid}": c for uid, c in self.contracts.items()}
        for name, contract in self.shared.items():
            label = _("其中属于合同 %s 的（元）") % contract.number
            self.fields[name] = Fen(label=label, required=False)
        self.needs = {
            Odd.RED: ("original",),
            Odd.SHARED: tuple(self.shared),
            Odd.FOREIGN: ("currency", "foreign_sum", "rate"),
        }

    def data_of(self) -> InvoiceData:
        """What was typed, for the action."""
        typed = self.typed()
        shares = [(contract, typed.pop(name)) for name, contract in self.shared.items()]
        typed["shares"] = tuple((contract, fen) for contract, fen in shares if fen != "")
        return InvoiceData(**{**typed, "original": self.originals.get(typed["original"])})


class PaymentForm(Explained):
    """One payment."""

    number = _line(gettext_lazy("银行流水号"), 60, help_text=gettext_lazy("回单上的号，没有的写“无”加日期"))
    paid_on = Day(label=gettext_lazy("付款日期"))
    amount_fen = Fen(label=gettext_lazy("付款金额（元）"))
    payee = _line(gettext_lazy("收款方"), 120, required=False)

    def data_of(self) -> PaymentData:
        """What was typed, for the action."""
        return PaymentData(**self.typed())


def _offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # one of several choices is one, too
    field.choices = choices


def of_contract(contract: Contract) -> dict[str, str | date | None]:
    """What the form shows of a contract that is there."""
    names = ("number", "title", "seller", "seller_uscc", "signed_on", "starts_on", "ends_on", "deployment")
    shown = {name: getattr(contract, name) for name in names}
    said = "yes" if contract.says_cloud else "no"
    return {**shown, "amount_fen": yuan(contract.amount_fen), "says_cloud": said}


def of_invoice(invoice: Invoice) -> Mapping[str, Any]:
    """What the form shows of an invoice that is there."""
    names = ("code", "number", "issued_on", "seller", "buyer", "currency", "foreign_sum", "rate")
    sums = {name: yuan(getattr(invoice, name)) for name in ("net_fen", "tax_fen", "gross_fen")}
    shares = {f"share-{uid}": yuan(fen) for uid, fen in invoice.shares}
    original = str(invoice.original.uid) if invoice.original else ""
    own = {name: getattr(invoice, name) for name in names}
    return {**own, **sums, **shares, "original": original, **_explained(invoice)}


def of_payment(payment: Payment) -> Mapping[str, Any]:
    """What the form shows of a payment that is there."""
    own = {name: getattr(payment, name) for name in ("number", "paid_on", "payee")}
    return {**own, "amount_fen": yuan(payment.amount_fen), **_explained(payment)}


def _explained(row: Invoice | Payment) -> dict[str, Any]:
    return {
        "contract": str(row.contract.uid) if row.contract else "",
        "odd": row.odd,
        "own_fen": "" if row.own_fen is None else yuan(row.own_fen),
        "explanation": row.explanation,
    }
