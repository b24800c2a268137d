"""Terms, batches, documents and places by authority in words."""

from datetime import date

from xingyun.rulebook import decimals
from xingyun.rulebook.book import Rulebook
from xingyun.rulebook.engine.span import day
from xingyun.rulebook.schema.examining import Panel, Sample
from xingyun.rulebook.schema.levels import Quota
from xingyun.rulebook.schema.procedure import Batch, Filing, Window
from xingyun.rulebook.schema.programme import CitedDocument, Sanction
from xingyun.rulebook.text import EMPTY, Text, join

FROM_TO = Text("{name}{first}至{last}", "{name} from {first} to {last}")
UNTIL = Text("{name}截至{day}", "{name} until {day}")
NO_TERM = Text("没有写明期限", "no term is set")
AT_MOST = Text("至多 {n} 家", "at most {n}")
JOINT = Text("负连带责任的一并适用", "also for whoever is jointly responsible")
EXPIRED = Text("已失效，请核对", "expired: please check")
NOT_YET = Text("尚未生效，请核对", "not in force yet: please check")
ROUNDINGS = {
    "floor": Text("舍去小数", "fractions dropped"),
    "ceil": Text("有小数进一", "fractions rounded up"),
}
EXPERTS = Text("至少 {n} 位专家，满分 {s}", "at least {n} experts, full marks {s}")
DROPPED = Text("去掉 {h} 个最高分、{l} 个最低分后平均", "averaged without the {h} highest and {l} lowest")
RECUSED = Text("回避：{w}", "recused: {w}")
EACH = {
    "year": Text("按年计", "counted by the year"),
    "round": Text("按轮计", "counted by the round"),
    "batch": Text("按批计", "counted by the batch"),
}


def term(years: int | None, months: int | None) -> Text:
    """2 years 6 months; nothing where neither is set."""
    words = [Text(f"{years}年", _many(years, "year"))] if years else []
    words += [Text(f"{months}个月", _many(months, "month"))] if months else []
    return join(words, "", " ")


def _many(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


def sanction(one: Sanction) -> Text:
    """What it shuts out of, how long, whom else."""
    words = [Text(one.shut_out_of, one.shut_out_of_en), term(one.years, one.months)]
    words = [w for w in words if w.zh] if one.years or one.months else [words[0], NO_TERM]
    return join([*words, JOINT] if one.joint else words, "，", ", ")


def sample(one: Sample) -> Text:
    """10%, fractions rounded up, at least 3."""
    words = [Text(decimals.share(one.percent), decimals.share(one.percent)), ROUNDINGS[one.rounding]]
    words += [Text("至少 {n} 家", "at least {n}").fill(n=one.minimum)] if one.minimum else []
    words += [AT_MOST.fill(n=one.maximum)] if one.maximum is not None else []
    return join(words, "，", ", ")


def panel(one: Panel) -> Text:
    """How many experts, what is dropped, who may not sit on it."""
    words = [EXPERTS.fill(n=one.experts, s=one.scale)]
    if one.drop_highest or one.drop_lowest:
        words.append(DROPPED.fill(h=one.drop_highest, l=one.drop_lowest))
    if one.recusal:
        who = [Text(*pair) for pair in zip(one.recusal, one.recusal_en, strict=True)]
        words.append(RECUSED.fill(w=join(who)))
    return join(words, "，", ", ")


def filing(book: Rulebook, one: Filing) -> Text:
    """Who files with whom, by when."""
    days = Text("个工作日", "working days") if one.working_days else Text("日", "days")
    said = Text("{a}报{b}备案，发布后 {n} {d}内", "{a} files with {b} within {n} {d} of the announcement")
    return said.fill(a=book.tier(one.from_).name, b=book.tier(one.to).name, n=one.within_days, d=days)


def _batch(one: Batch) -> Text:
    if one.opens is None:
        return UNTIL.fill(name=one.name, day=day(one.closes))
    return FROM_TO.fill(name=one.name, first=day(one.opens), last=day(one.closes))


def batches(one: Window) -> Text:
    """The batches of a window, each with its last day."""
    return join([_batch(batch) for batch in one.batches])


def quota(book: Rulebook, one: Quota) -> Text:
    """How often it is given, and what each authority has that is named."""
    own = [
        Text(f"{book.authority(key).label} {n}", f"{book.authority(key).label_en} {n}")
        for key, n in one.fixed_by_authority.items()
    ]
    bounds = [Text("不少于 {n}", "at least {n}").fill(n=one.minimum)] if one.minimum else []
    bounds += [Text("不超过 {n}", "at most {n}").fill(n=one.maximum)] if one.maximum is not None else []
    return join([EACH[one.per], *bounds, *own], "，", ", ")


def document(one: CitedDocument, on: date) -> Text:
    """Its number and term; a doubt where it does not hold on that day."""
    words = [Text(one.number, one.number)] if one.number else []
    words += [Text("{d}印发", "issued {d}").fill(d=day(one.issued_on))] if one.issued_on else []
    words += [Text("{d}起施行", "in force since {d}").fill(d=day(one.valid_from))] if one.valid_from else []
    words += [Text("有效期至{d}", "valid until {d}").fill(d=day(one.valid_to))] if one.valid_to else []
    doubt = EMPTY if one.holds(on) else EXPIRED if one.is_expired(on) else NOT_YET
    return join([*words, doubt] if doubt.zh else words, "，", ", ")
