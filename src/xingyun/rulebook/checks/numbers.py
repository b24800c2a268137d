"""What a rule that looks at a number must name, and what it must not."""

from collections.abc import Iterator

from xingyun.rulebook.checks import bands
from xingyun.rulebook.checks.fault import Fault, fault
from xingyun.rulebook.lines import Path
from xingyun.rulebook.schema.conditions import NumberIs, Spend
from xingyun.rulebook.schema.document import Document
from xingyun.rulebook.schema.numbers import Measured
from xingyun.rulebook.schema.points import NumberPoints
from xingyun.rulebook.text import Text

NUMBERS = ("integer", "money", "percent")
COUNTED = ("multi_choice", "organisations")

# What must stand beside each word of `of`, and what may not.
NEEDED = {"field": ("field",), "count": ("field",), "ratio": ("over",), "growth": ("over",)}
USELESS = {"field": ("over", "spend"), "count": ("over", "spend"), "spend": ("field", "over")}


def items(doc: Document) -> Iterator[Fault]:
    """The number items of the points."""
    for n, item in enumerate(doc.points.items if doc.points else ()):
        if isinstance(item, NumberPoints):
            yield from measured(doc, ("points", "items", n), item)


def conditions(doc: Document) -> Iterator[Fault]:
    """The number conditions: what they look at, and edges that some number fits."""
    for n, rule in enumerate(doc.conditions):
        if isinstance(rule, NumberIs):
            path: Path = ("conditions", n)
            yield from measured(doc, path, rule)
            yield from bands.edges(path, rule)
            span = bands.reach(rule, bands.is_whole(doc, rule))
            if span == (bands.LOWEST, bands.HIGHEST):
                yield fault(path, "至少写一个界限：at_least 等", "an edge is needed, such as at_least")
            elif span.low >= span.high:
                yield fault(path, "没有数符合", "no number fits")


def measured(doc: Document, path: Path, rule: Measured) -> Iterator[Fault]:
    """What is wrong with the keys `of`, `field`, `over`, `spend` of the rule at `path`."""
    for key in NEEDED.get(rule.of, ()):
        if getattr(rule, key) is None:
            yield fault(path, "of = “{of}” 时要写 {k}", "{k} goes with of = {of}", of=rule.of, k=key)
    for key in USELESS.get(rule.of, ()):
        if getattr(rule, key) is not None:
            yield fault((*path, key), "of = “{of}” 时不用写", "not used with of = {of}", of=rule.of)
    if rule.of in ("ratio", "growth") and (rule.field is None) == (rule.spend is None):
        yield fault(path, "field 与 spend 要写且只写一个", "either field or spend, not both", of=rule.of)
    yield from _kinds(doc, path, rule)
    yield from _spend(doc, path, rule)


def _kinds(doc: Document, path: Path, rule: Measured) -> Iterator[Fault]:
    kinds = {f.key: f.kind for f in doc.form.fields}
    fitting = COUNTED if rule.of == "count" else NUMBERS
    for key in ("field", "over"):
        named = getattr(rule, key)
        if named in kinds and kinds[named] not in fitting:
            problem = Text("“{f}”不是合适的字段", "{f} is no field of a fitting kind").fill(f=named)
            yield Fault((*path, key), problem, Text("、".join(fitting), ", ".join(fitting)))


def _spend(doc: Document, path: Path, rule: Measured) -> Iterator[Fault]:
    sums = [c.key for c in doc.conditions if isinstance(c, Spend)]
    if rule.of == "spend" and not sums:
        yield fault((*path, "of"), "没有 spend 一类的条件", "there is no condition of kind spend")
    if rule.spend in {c.key for c in doc.conditions} and rule.spend not in sums:
        yield fault((*path, "spend"), "“{k}”不是 spend 一类的条件", "{k} is not of kind spend", k=rule.spend)
