"""What is odd about a row of the ledger, told line by line: to its applicant and to the officials."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from xingyun.evidence.models import Invoice
from xingyun.evidence.queries import Explained, Ledger
from xingyun.evidence.states import Odd
from xingyun.web.wording import yuan


def kinds(row: Explained) -> list[str]:
    """The names of what is odd."""
    return [str(Odd(kind).label) for kind in row.odd]


def told(ledger: Ledger, row: Explained) -> list[tuple[str, str]]:
    """Name and value of everything that was said of it."""
    return [(name, value) for name, value in _lines(ledger, row) if value]


def _lines(ledger: Ledger, row: Explained) -> Iterator[tuple[str, str]]:
    yield _("特殊情况"), "、".join(kinds(row))
    yield _("情况说明"), row.explanation
    if isinstance(row, Invoice):
        yield _("购买方"), row.buyer
        yield _("冲的是哪一张"), row.original.number if row.original else ""
        yield _("分摊到"), "；".join(_shares(ledger, row))
        if row.currency:
            yield (
                _("外币"),
                _("%(sum)s %(currency)s，汇率 %(rate)s")
                % {"sum": row.foreign_sum, "currency": row.currency, "rate": row.rate},
            )
    yield (
        _("价税合计（元）") if isinstance(row, Invoice) else _("付款金额（元）"),
        yuan(row.whole_fen),
    )
    yield _("其中属于本单位的（元）"), "" if row.own_fen is None else yuan(row.own_fen)


def _shares(ledger: Ledger, row: Invoice) -> Iterator[str]:
    numbers = {str(contract.uid): contract.number for contract in ledger.contracts}
    for uid, fen in row.shares:
        yield _("合同 %(number)s %(sum)s 元") % {"number": numbers.get(uid, "—"), "sum": yuan(fen)}
