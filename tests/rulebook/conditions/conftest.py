"""The made-up rulebook with further tables, and what a rule of it finds."""

from collections.abc import Callable

import pytest
from tests.rulebook.conftest import SECOND

from xingyun.rulebook import Facts, Finding, Rulebook, RulebookErrors, evaluate, load_source
from xingyun.rulebook.load import read_folder

BASE = '\nlabel = "甲"\nlabel_en = "A"\nclause = "第二条"\ntext = "甲。"\ntext_en = "A."\n'
LISTS = "".join(
    f'[[lists]]\nkey = "{key}"\nlabel = "{label}"\nlabel_en = "{key}"\nclause = "{clause}"\ntext = "名单。"\n'
    f'text_en = "A list."\nsource = "{label}网"\nsource_en = "{key} site"\nkept_by = "town"\n'
    for key, label, clause in (("exempt", "免除名单", "第十二条"), ("pool", "服务商库", "第三条"))
)

Book = Callable[..., Rulebook]
Find = Callable[[Rulebook, Facts], list[Finding]]


def rule(kind: str, *lines: str, key: str = "it") -> str:
    """A condition of that kind with these lines of its own."""
    return f'[[conditions]]\nkind = "{kind}"\nkey = "{key}"{BASE}' + "\n".join(lines) + "\n"


@pytest.fixture
def book() -> Book:
    """The made-up rulebook with tables added: `book(rule("judged"), LISTS)`."""
    return lambda *tables: load_source(_source(*tables))


@pytest.fixture
def wrong() -> Callable[..., list[str]]:
    """The faults of the made-up rulebook with tables added, in English."""

    def find(*tables: str) -> list[str]:
        with pytest.raises(RulebookErrors) as caught:
            load_source(_source(*tables))
        return [error.say("en") for error in caught.value.errors]

    return find


def _source(*tables: str) -> dict[str, str]:
    """Fields go to the form's file, all else to that of the conditions."""
    source = read_folder(SECOND)
    for text in tables:
        source["application.toml" if text.startswith("[[form.") else "grades.toml"] += f"\n{text}\n"
    return source


def field(kind: str, key: str = "when", *lines: str) -> str:
    """A field of the form, not required."""
    named = f'[[form.fields]]\nkey = "{key}"\nsection = "wish"\nkind = "{kind}"\nrequired = false\n'
    return named + 'label = "乙"\nlabel_en = "B"\n' + "\n".join(lines)


def of(rulebook: Rulebook, facts: Facts, name: str = "condition.it") -> list[Finding]:
    """What the rule of that name finds."""
    return [f for f in evaluate(rulebook, facts).findings if f.rule == name]


def kinds(rulebook: Rulebook, facts: Facts, name: str = "condition.it") -> list[str]:
    """The kinds of what the rule of that name finds."""
    return [f.kind for f in of(rulebook, facts, name)]
