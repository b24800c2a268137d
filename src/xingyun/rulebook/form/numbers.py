"""Numbers as people type them: sums, whole numbers, percentages. Exact, never binary fractions."""

import re
import unicodedata
from decimal import Decimal

from xingyun.rulebook.form.values import FieldError, Money, Percent, error
from xingyun.rulebook.schema.form import Field

MOST_MONEY = Decimal(10) ** 11


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(" ", "").replace(",", "")


def money(_: Field, text: str) -> Money | FieldError:
    """Unit 10,000 yuan; six decimals are a fen."""
    number = _narrow(text).removeprefix("¥").removesuffix("万元")
    if not re.fullmatch(r"\d{1,20}(\.\d+)?", number):
        return error(
            "not_money",
            "请只填数字，单位是万元，例如 1000 或 86.25。",
            "Digits only, in units of 10,000 yuan, such as 1000 or 86.25.",
        )
    amount = Decimal(number)
    if amount != amount.quantize(Decimal("0.000001")):
        return error("too_fine", "最多 6 位小数（精确到分）。", "At most 6 decimals (one fen).")
    if amount >= MOST_MONEY:
        return error(
            "too_big", "数额太大。单位是万元，请核对。", "Too large. The unit is 10,000 yuan; please check."
        )
    return Money(amount.normalize() + 0)


def integer(field: Field, text: str) -> int | FieldError:
    """A whole number within the field's bounds."""
    number = _narrow(text)
    if not re.fullmatch(r"-?[0-9]{1,15}", number):
        return error("not_integer", "请填整数，例如 386。", "A whole number please, such as 386.")
    return _outside(field, Decimal(number)) or int(number)


def percent(field: Field, text: str) -> Percent | FieldError:
    """A percentage with at most four decimals, the sign behind it written or not: 5, 5%, -0.25."""
    number = _narrow(text).removesuffix("%")
    if not re.fullmatch(r"-?[0-9]{1,9}(\.[0-9]+)?", number):
        return error(
            "not_percent", "请填百分数，例如 5 或 5.25%。", "A percentage please, such as 5 or 5.25%."
        )
    if len(number.partition(".")[2].rstrip("0")) > 4:
        return error("too_fine", "最多 4 位小数。", "At most 4 decimals.")
    value = Decimal(number)
    return _outside(field, value) or Percent(value.normalize() + 0)


def _outside(field: Field, number: Decimal) -> FieldError | None:
    if field.min is not None and number < field.min:
        return error(
            "too_small", "最小是 {least}，请核对。", "The least is {least}; please check.", least=field.min
        )
    if field.max is not None and number > field.max:
        return error(
            "too_big", "最大是 {most}，请核对。", "The most is {most}; please check.", most=field.max
        )
    return None
