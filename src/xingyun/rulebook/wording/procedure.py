"""Terms, batches, documents and places by authority in words."""

from datetime import date

from xingyun.rulebook.book import Rulebook
from xingyun.rulebook.engine.span import day
from xingyun.rulebook.schema.levels import Quota
from xingyun.rulebook.schema.procedure import Window
from xingyun.rulebook.schema.programme import CitedDocument, Sanction
from xingyun.rulebook.text import EMPTY, Text, join

UNTIL = Text("{name}截至{day}", "{name} until {day}")
NO_TERM = Text("没有写明期限", "no term is set")
JOINT = Text("负连带责任的一并适用", "also for whoever is jointly responsible")
EXPIRED = Text("已失效，请核对", "expired: please check")
NOT_YET = Text("尚未生效，请核对", "not in force yet: please check")
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


def batches(one: Window) -> Text:
    """The batches of a window, each with its last day."""
    return join([UNTIL.fill(name=batch.name, day=day(batch.closes)) for batch in one.batches])


def quota(book: Rulebook, one: Quota) -> Text:
    """How often it is given, and what each authority has that is named."""
    own = [
        Text(f"{book.authority(key).label} {n}", f"{book.authority(key).label_en} {n}")
        for key, n in one.fixed_by_authority.items()
    ]
    return join([EACH[one.per], *own], "，", ", ")


def document(one: CitedDocument, on: date) -> Text:
    """Its number and term; a doubt where it does not hold on that day."""
    words = [Text(one.number, one.number)] if one.number else []
    words += [Text("{d}印发", "issued {d}").fill(d=day(one.issued_on))] if one.issued_on else []
    words += [Text("{d}起施行", "in force since {d}").fill(d=day(one.valid_from))] if one.valid_from else []
    words += [Text("有效期至{d}", "valid until {d}").fill(d=day(one.valid_to))] if one.valid_to else []
    doubt = EMPTY if one.holds(on) else EXPIRED if one.is_expired(on) else NOT_YET
    return join([*words, doubt] if doubt.zh else words, "，", ", ")
