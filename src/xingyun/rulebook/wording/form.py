"""What a field of the form takes, in words."""

from xingyun.rulebook.names import value_name
from xingyun.rulebook.schema.form import Field
from xingyun.rulebook.text import Text, join

BOUNDS = {
    (True, True): Text("{a} 至 {b}", "{a} to {b}"),
    (True, False): Text("不小于 {a}", "at least {a}"),
    (False, True): Text("不大于 {b}", "at most {b}"),
}


def field(one: Field) -> Text:
    """Its kind, whether it must be filled in, how much it takes, its unit, its choices."""
    words = [value_name(one.kind), Text("必填", "required") if one.required else Text("可不填", "optional")]
    if one.max_chars:
        words.append(Text(f"不超过 {one.max_chars} 字", f"at most {one.max_chars} characters"))
    if given := BOUNDS.get((one.min is not None, one.max is not None)):
        words.append(given.fill(a=_number(one.min), b=_number(one.max)))
    words += [Text(f"单位：{one.unit}", f"unit: {one.unit_en}")] if one.unit else []
    words += [join([o.name for o in one.options], "/", "/")] if one.options else []
    return join(words, "，", ", ")


def _number(value: int | None) -> str:
    return "" if value is None else f"{value:,}"
