"""The manual's examples are one rulebook with its cases, and no key is left out of it."""

import re
import types
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from tests.rulebook.conftest import MANUAL, ROOT, examples

from xingyun.rulebook import Rulebook
from xingyun.rulebook.cases import read_cases, run
from xingyun.rulebook.cases.schema import Case, CaseFile
from xingyun.rulebook.contacts import Contacts
from xingyun.rulebook.schema.document import Document

PROSE = re.sub(r"```.*?```", "", MANUAL, flags=re.S)


def test_the_examples_are_a_rulebook(manual: Rulebook) -> None:
    assert [lv.key for lv in manual.levels] == ["first", "second"]
    assert manual.fixed_window("corrections") is not None


def test_the_cases_of_the_manual_hold(manual: Rulebook) -> None:
    cases = read_cases("manual.cases.toml", examples("toml cases"))
    assert {c.kind for c in cases} == {get_args(get_type_hints(k)["kind"])[0] for k in get_args(Case)}
    for case in cases:
        result = run(manual, case)
        assert result.passed, (case.key, [p.en for p in (*result.problems, *result.way)])


def _parts(kind: Any) -> Iterator[Any]:
    """The dataclasses and literals inside a type."""
    if get_origin(kind) is Annotated:
        yield from _parts(get_args(kind)[0])
    elif get_origin(kind) in (Union, types.UnionType, tuple) or "Mapping" in str(get_origin(kind)):
        for part in get_args(kind):
            yield from _parts(part)
    elif is_dataclass(kind) or get_origin(kind) is Literal:
        yield kind


def _words(cls: Any, seen: set[Any]) -> Iterator[tuple[str, str]]:
    """Every key that a table may have, and every value of a closed set."""
    if cls in seen:
        return
    seen.add(cls)
    hints = get_type_hints(cls, include_extras=True)
    for field in fields(cls):
        yield cls.__name__, field.name.rstrip("_")
        for part in _parts(hints[field.name]):
            if is_dataclass(part):
                yield from _words(part, seen)
            else:
                yield from ((f"{cls.__name__}.{field.name}", str(value)) for value in get_args(part))


NAMED = {
    word
    for span in re.findall(r"`([^`\n]+)`", PROSE) + re.findall(r"^## .*$", PROSE, flags=re.M)
    for word in re.findall(r"[\w.-]+", span)
}
KEYS = sorted({pair for cls in (Document, CaseFile, Contacts) for pair in _words(cls, set())})


def test_no_key_is_left_out() -> None:
    absent = [(table, key) for table, key in KEYS if key.removesuffix("_en") not in NAMED]
    assert len(KEYS) > 300
    assert absent == []


def test_every_key_is_shown_in_an_example_or_named() -> None:
    shown = examples("toml") + examples("toml cases")
    named = {key for table, key in KEYS if "." not in table}
    absent = {key for key in named if not re.search(rf"\b{key}\b", shown)}
    assert (
        absent
        <= {"timezone", "platform_phone", "mailbox", "office", "phone", "place", "help", "contacts"} | RARE
    )


RARE = {
    "repeat",
    "level",
    "payments",
    "decided",
    "left",
    "lacks",
    "days",
    "value",
    "obstacles",
    "prepare",
    "net_yuan",
    "reached",
    "cancelled_on",
    "related_titles",
}


def test_every_code_of_a_refused_answer_is_named() -> None:
    rulebook = ROOT / "src" / "xingyun" / "rulebook"
    sources = "".join(file.read_text("utf-8") for file in (rulebook / "form").glob("*.py"))
    codes = set(re.findall(r'\berror\(\s*"(\w+)"', sources))
    shapes = re.findall(r'\bFault\("(\w+)"', (rulebook / "uscc.py").read_text("utf-8"))
    codes |= {f"uscc_{code}" for code in shapes}
    assert len(codes) > 20
    assert codes <= NAMED


def test_the_manual_names_no_other_paths() -> None:
    for path in re.findall(r"(?:src|docs|tests)/[\w/.-]+", PROSE):
        assert (ROOT / path).exists(), path
    assert Path(ROOT / "rulebooks" / "jinan-2020").is_dir()
