"""What a field of the form takes, in words."""

from xingyun.rulebook.schema.form import Field
from xingyun.rulebook.text import Text, join

KINDS = {
    "short_text": Text("短文字", "short text"),
    "long_text": Text("长文字", "long text"),
    "uscc": Text("统一社会信用代码", "unified social credit code"),
    "money": Text("金额", "sum"),
    "integer": Text("整数", "whole number"),
    "percent": Text("百分数", "percentage"),
    "phone": Text("电话", "telephone"),
    "email": Text("邮箱", "e-mail"),
    "date": Text("日期", "date"),
    "month": Text("年月", "month"),
    "choice": Text("单选", "one choice"),
    "multi_choice": Text("多选", "several choices"),
    "industry": Text("行业代码", "industry code"),
    "person": Text("姓名", "person"),
    "address": Text("地址", "address"),
    "organisations": Text("单位名单", "organisations"),
}
BOUNDS = {
    (True, True): Text("{a} 至 {b}", "{a} to {b}"),
    (True, False): Text("不小于 {a}", "at least {a}"),
    (False, True): Text("不大于 {b}", "at most {b}"),
}


def field(one: Field) -> Text:
    """Its kind, whether it must be filled in, how much it takes, its unit, its choices."""
    words = [KINDS[one.kind], Text("必填", "required") if one.required else Text("可不填", "optional")]
    if one.max_chars:
        words.append(Text(f"不超过 {one.max_chars} 字", f"at most {one.max_chars} characters"))
    if given := BOUNDS.get((one.min is not None, one.max is not None)):
        words.append(given.fill(a=_number(one.min), b=_number(one.max)))
    words += [Text(f"单位：{one.unit}", f"unit: {one.unit_en}")] if one.unit else []
    words += [join([o.name for o in one.options], "/", "/")] if one.options else []
    return join(words, "，", ", ")


def _number(value: int | None) -> str:
    return "" if value is None else f"{value:,}"
