"""What is odd about a row has to be said in full, and nothing is kept of what is not odd (decision 11)."""

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from django.db.models import Sum
from django.utils.translation import gettext as _

from xingyun.audit.errors import Refused
from xingyun.evidence.actions import checks
from xingyun.evidence.actions.data import Explained, InvoiceData
from xingyun.evidence.models import Dossier, Invoice
from xingyun.evidence.queries.money import yuan
from xingyun.evidence.states import Odd

E = TypeVar("E", bound=Explained)
# Rates are printed with four places: of a large sum the last place is some yuan.
NEAR = Decimal("0.001")
LEAST_NEAR_FEN = 100


def explained(data: E, fen: int) -> E:
    """The kinds are known and explained; an own part is a part of what the row comes to. Raises Refused."""
    kinds = tuple(kind for kind in Odd.values if kind in data.odd)
    if set(data.odd) - set(Odd.values):
        raise Refused(_("请在列出的特殊情况里选。"), field="odd")
    text = data.explanation.strip()
    if fen < 0 and Odd.RED not in kinds:
        said = _("金额是负数的是红字发票或退款：请在特殊情况里勾选，并写明冲的是哪一张、为什么。")
        raise Refused(said, field="odd")
    if fen >= 0 and Odd.RED in kinds:
        raise Refused(_("红字发票和退款的金额是负数。请核对金额，或取消勾选。"), field="odd")
    if kinds and not text:
        raise Refused(_("请写明情况，审核人员照此认定。"), field="explanation")
    if text and not kinds:
        raise Refused(_("写了说明，请勾选是哪一种特殊情况；不特殊的不用写说明。"), field="odd")
    own = data.own_fen if kinds and Odd.RED not in kinds else None
    if own is not None and not 0 < own <= fen:
        said = _("本单位的部分要大于 0、不超过 %s 元；全部都是的不用填。")
        raise Refused(said % yuan(fen), field="own_fen")
    return replace(data, odd=kinds, explanation=text, own_fen=None if own == fen else own)


def told(dossier: Dossier, data: InvoiceData, changed: Invoice | None) -> InvoiceData:
    """What each kind of oddity needs to be said of an invoice. Raises Refused."""
    data = _buyer(dossier, replace(data, buyer=data.buyer.strip()))
    data = _original(dossier, data, changed)
    data = _shares(dossier, data)
    return _foreign(data)


def _buyer(dossier: Dossier, data: InvoiceData) -> InvoiceData:
    buyer = "" if data.buyer == dossier.enterprise.name else data.buyer
    other = bool({Odd.GROUP, Odd.RENAMED} & set(data.odd))
    if other and not buyer:
        raise Refused(_("请填发票上的购买方名称（集团公司或曾用名），与发票一致。"), field="buyer")
    if buyer and not other:
        said = _("购买方不是本单位：请在特殊情况里勾选集团统一采购或曾用名，并写明情况。")
        raise Refused(said, field="odd")
    return replace(data, buyer=buyer)


def _original(dossier: Dossier, data: InvoiceData, changed: Invoice | None) -> InvoiceData:
    original = data.original
    if Odd.RED not in data.odd or original is None:
        return replace(data, original=None)
    if original.dossier_id != dossier.pk or original.removed_at or original.gross_fen <= 0:
        raise Refused(_("冲的那一张要是台账里的蓝字发票，请重选；不在台账里的不用选。"), field="original")
    others = Invoice.objects.filter(original=original, removed_at=None)
    others = others.exclude(pk=changed.pk) if changed else others
    taken = -(others.aggregate(sum=Sum("gross_fen"))["sum"] or 0)
    if taken - data.gross_fen > original.gross_fen:
        said = _("这张发票一共 %(all)s 元，已冲 %(taken)s 元，再冲 %(more)s 元就超过了。请核对金额。")
        values = {
            "all": yuan(original.gross_fen),
            "taken": yuan(taken),
            "more": yuan(-data.gross_fen),
        }
        raise Refused(said % values, field="gross_fen")
    return data


def _shares(dossier: Dossier, data: InvoiceData) -> InvoiceData:
    if Odd.SHARED not in data.odd:
        return replace(data, shares=())
    for contract, _fen in data.shares:
        checks.own_contract(dossier, contract)
    if len({contract.pk for contract, _fen in data.shares}) < 2:
        raise Refused(_("请给两份以上的合同各填分摊的金额；只属于一份合同的，直接选那一份。"), field="shares")
    added = sum(fen for _contract, fen in data.shares)
    if added != data.gross_fen or any(fen * data.gross_fen <= 0 for _contract, fen in data.shares):
        said = _("各合同分摊的合计是 %(added)s 元，要等于价税合计 %(gross)s 元，且都不为 0。")
        raise Refused(said % {"added": yuan(added), "gross": yuan(data.gross_fen)}, field="shares")
    return replace(data, contract=None)


def _foreign(data: InvoiceData) -> InvoiceData:
    if Odd.FOREIGN not in data.odd:
        return replace(data, currency="", foreign_sum="", rate="")
    currency = data.currency.strip().upper()
    if len(currency) != 3 or not (currency.isascii() and currency.isalpha()) or currency == "CNY":
        raise Refused(_("请填币种的三个字母，例如 USD、EUR、HKD。"), field="currency")
    amount, rate = _number(data.foreign_sum, "foreign_sum"), _number(data.rate, "rate")
    fen = amount * rate * 100
    if abs(fen - data.gross_fen) > max(abs(fen) * NEAR, Decimal(LEAST_NEAR_FEN)):
        said = _("%(sum)s %(currency)s 按 %(rate)s 折合 %(yuan)s 元，与价税合计 %(gross)s 元对不上，请核对。")
        values = {
            "sum": amount,
            "currency": currency,
            "rate": rate,
            "yuan": yuan(round(fen)),
            "gross": yuan(data.gross_fen),
        }
        raise Refused(said % values, field="rate")
    return replace(data, currency=currency, foreign_sum=str(amount), rate=str(rate))


def _number(typed: str, field: str) -> Decimal:
    try:
        found = Decimal(checks.bare(typed).replace(",", "").replace("，", ""))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or found == 0 or len(str(found)) > 12:
        raise Refused(_("请只填数字，例如 1024.50。"), field=field)
    return found
