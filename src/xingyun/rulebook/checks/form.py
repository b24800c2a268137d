"""The form's fields, and what names their answers."""

from collections.abc import Iterator

from xingyun.rulebook.checks.fault import Fault, fault
from xingyun.rulebook.lines import Path
from xingyun.rulebook.schema.conditions import AnswerIs
from xingyun.rulebook.schema.document import Document
from xingyun.rulebook.schema.form import Field
from xingyun.rulebook.schema.shared import When

CHOICES = ("choice", "multi_choice")
TEXTS = ("short_text", "long_text", "person", "address")
NEEDED_ROLES = ("applicant_name", "uscc")


def roles(doc: Document) -> Iterator[Fault]:
    """Each role is played once, and those that the program can't do without are there."""
    seen: set[str] = set()
    for n, field in enumerate(doc.form.fields):
        if field.role in seen:
            yield fault(("form", "fields", n, "role"), "“{k}”已有字段担任", "{k} is taken", k=field.role)
        seen |= {field.role} if field.role else set()
    # Where there is one level only, nobody is asked which.
    needed = NEEDED_ROLES if len(doc.levels) == 1 else (*NEEDED_ROLES, "level")
    for role in needed:
        if role not in seen:
            yield fault(("form",), "没有字段担任“{k}”", "no field has the role {k}", k=role)


def fields(doc: Document) -> Iterator[Fault]:
    """A field has what its kind needs and nothing that its kind can't use."""
    for n, field in enumerate(doc.form.fields):
        for key, zh, en in _faults(field):
            yield fault(("form", "fields", n, key), zh, en)


def _faults(field: Field) -> Iterator[tuple[str, str, str]]:
    if field.kind in CHOICES and not (field.options or field.options_from):
        yield "kind", "选择题要有 options 或 options_from", "a choice needs options or options_from"
    if field.kind not in CHOICES and (field.options or field.options_from):
        yield "options", "只有选择题才有选项", "only choices have options"
    if field.options and field.options_from:
        yield "options_from", "options 与 options_from 只能写一个", "either options or options_from"
    if field.max_chars is not None and (field.kind not in TEXTS or field.max_chars < 1):
        yield "max_chars", "只有文字才有字数上限，且至少 1", "only texts have max_chars, at least 1"
    if field.min is not None and field.max is not None and field.min > field.max:
        yield "max", "上限比下限小", "max is below min"
    if field.role in ("level", "deployments") and field.options_from != _list_of(field):
        yield "role", "这个字段的选项要取自规则书", "this role takes its options from the rulebook"


def _list_of(field: Field) -> str:
    return "levels" if field.role == "level" else "deployments"


def answers(doc: Document) -> Iterator[Fault]:
    """Every answer named somewhere is one that the field offers."""
    for path, field, keys in _named_answers(doc):
        offered = _offered(doc, field)
        for key in keys:
            if offered and key not in offered:
                yield fault(path, "“{f}”没有选项“{k}”", "{f} has no option {k}", f=field, k=key)


def _offered(doc: Document, key: str) -> set[str]:
    field = next((f for f in doc.form.fields if f.key == key), None)
    if field is None:
        return set()
    listed = getattr(doc, field.options_from) if field.options_from else field.options
    return {o.key for o in listed}


def _named_answers(doc: Document) -> Iterator[tuple[Path, str, tuple[str, ...]]]:
    for n, condition in enumerate(doc.conditions):
        if isinstance(condition, AnswerIs):
            yield ("conditions", n, "accepted"), condition.field, condition.accepted
    for path, when in _whens(doc):
        if when.field:
            yield (*path, "is"), when.field, when.is_
    for n, item in enumerate(doc.points.items if doc.points else ()):
        if item.kind == "answer":
            yield ("points", "items", n, "scores"), item.field, tuple(s.is_ for s in item.scores)


def _whens(doc: Document) -> Iterator[tuple[Path, When]]:
    for n, material in enumerate(doc.materials):
        if material.when:
            yield ("materials", n, "when"), material.when
    for n, condition in enumerate(doc.conditions):
        if condition.when:
            yield ("conditions", n, "when"), condition.when
    for n, field in enumerate(doc.form.fields):
        if field.when:
            yield ("form", "fields", n, "when"), field.when
    for n, item in enumerate(doc.points.items if doc.points else ()):
        if item.when:
            yield ("points", "items", n, "when"), item.when


def whens(doc: Document) -> Iterator[Fault]:
    """A condition on an answer names both the field and the answers; none is empty."""
    for path, when in _whens(doc):
        if bool(when.field) != bool(when.is_):
            yield fault(path, "field 与 is 要一起写", "field and is go together")
        if not (when.levels or when.deployments or when.contracts or when.field):
            yield fault(path, "没有写任何情形", "no circumstance is named")
