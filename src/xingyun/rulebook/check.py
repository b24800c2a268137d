"""What a rulebook must be beyond its single values: keys that exist, ladders that end."""

from collections.abc import Iterator

from xingyun.rulebook.checks import EVERY
from xingyun.rulebook.checks.warnings import WARNINGS
from xingyun.rulebook.errors import RulebookWarning
from xingyun.rulebook.reading import Locate, Reader, Reference, dotted, near
from xingyun.rulebook.schema.document import Document
from xingyun.rulebook.text import Text, join

APPLICANT = "applicant"
POINTS = "points"
MOST_SHOWN = 12
NEW_CLAUSE = Text("新的条款先在 [[clauses]] 里写一条。", "A new clause is first written under [[clauses]].")


def references(reader: Reader) -> None:
    """Notes every key that names nothing."""
    wider: dict[str, dict[str, object]] = {
        "actors": {APPLICANT: (), **reader.keys.get("tiers", {})},
        "replaced": {POINTS: (), **reader.keys.get("conditions", {})},
    }
    for reference in reader.references:
        known = wider.get(reference.to) or reader.keys.get(reference.to, {})
        if reference.value not in known:
            _dangling(reader, reference, list(known))


def _dangling(reader: Reader, reference: Reference, known: list[str]) -> None:
    problem = Text("{to} 里没有“{k}”", "{to} has no {k}").fill(to=reference.to, k=reference.value)
    hint = near(reference.value, known)
    if reference.to == "clauses":
        hint = join([t for t in (hint, NEW_CLAUSE) if t.zh], "", " ")
    reader.fault(reference.path, problem, _listed(known), hint)


def _listed(known: list[str]) -> Text:
    """Keys one can tell apart, whatever signs they are made of: clauses are numbered with “、”."""
    shown, more = known[:MOST_SHOWN], len(known) - MOST_SHOWN
    zh, en = "”“".join(shown), ", ".join(shown)
    if more > 0:
        return Text(f"“{zh}”等，共 {len(known)} 个", f"{en} and {more} more")
    return Text(f"“{zh}”", en) if shown else Text("—", "—")


def document(whole: Document, reader: Reader) -> None:
    """Notes everything that contradicts itself."""
    for rule in EVERY:
        for fault in rule(whole):
            reader.fault(fault.path, fault.problem, fault.expected, fault.hint)


def warnings(whole: Document, locate: Locate) -> Iterator[RulebookWarning]:
    """Everything in a sound rulebook that is probably not meant so."""
    for rule in WARNINGS:
        for fault in rule(whole):
            file, line = locate(fault.path)
            yield RulebookWarning(file, line, dotted(fault.path), fault.problem, fault.expected, fault.hint)
