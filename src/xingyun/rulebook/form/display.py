"""How a value is shown, and how it is kept as JSON."""

from datetime import date

from xingyun.rulebook import industries
from xingyun.rulebook.form.values import Money, Month, Organisation, Percent, Value
from xingyun.rulebook.schema.form import Field

Plain = str | int | list[str] | list[dict[str, str | None]]


def display(field: Field, value: Value, lang: str = "zh") -> str:
    """The value as a reader wants it: options by name, dates written out, numbers with their unit."""
    english = lang.startswith("en")
    if isinstance(value, tuple) and not isinstance(value, Money | Percent | Month):
        return _several(field, value, lang)
    if field.kind == "choice":
        return _option(field, str(value), lang)
    if field.kind == "industry":
        found = industries.gbt4754().get(str(value))
        return f"{found.name}（{found.code}）" if found else str(value)
    if isinstance(value, date):
        return value.isoformat() if english else f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, Month):
        return str(value) if english else f"{value.year}年{value.month}月"
    return _number(field, value, english)


def _number(field: Field, value: Value, english: bool) -> str:
    unit = field.unit_en if english else field.unit
    shown = (
        f"{value.wan:,f}"
        if isinstance(value, Money)
        else f"{value.percent:,f}%"
        if isinstance(value, Percent)
        else f"{value:,}"
        if isinstance(value, int)
        else str(value)
    )
    return f"{shown} {unit}".rstrip() if isinstance(value, Money | int) else shown


def _option(field: Field, key: str, lang: str) -> str:
    return next((o.name.say(lang) for o in field.options if o.key == key), key)


def _several(field: Field, values: tuple[object, ...], lang: str) -> str:
    comma = ", " if lang.startswith("en") else "、"
    return comma.join(v.name if isinstance(v, Organisation) else _option(field, str(v), lang) for v in values)


def plain(value: Value) -> Plain:
    """The value as JSON keeps it: money in fen, percentages, dates and months as text, lists as lists."""
    if isinstance(value, Money):
        return value.fen
    if isinstance(value, Month | Percent | date):
        return str(value)
    return value if isinstance(value, str | int) else _plain_list(value)


def _plain_list(values: tuple[str, ...] | tuple[Organisation, ...]) -> Plain:
    organisations = [{"name": v.name, "uscc": v.uscc} for v in values if isinstance(v, Organisation)]
    return organisations or [v for v in values if isinstance(v, str)]
