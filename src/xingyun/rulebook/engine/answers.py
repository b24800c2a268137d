"""The form: what is not filled in, what can't be taken."""

from collections.abc import Iterator

from xingyun.rulebook.engine.case import Case
from xingyun.rulebook.findings import Finding
from xingyun.rulebook.form.values import FieldError
from xingyun.rulebook.schema.form import Field, Section
from xingyun.rulebook.text import Text

MISSING = Text("“{name}”还没有填。", "“{name}” is not filled in yet.")
WRONG = Text("“{name}”：{why}", "“{name}”: {why}")
COMPLETE = Text("“{name}”已填好。", "“{name}” is filled in.")
MORE_THAN_ALL = Text("“{part}”多于“{whole}”，请核对。", "“{part}” exceeds “{whole}”; please check.")


def judge(case: Case) -> Iterator[Finding]:
    """One finding for each field to mend, one for each section in order."""
    for section in case.book.form.sections:
        faults = [f for one in case.book.form.in_section(section.key) for f in _field(case, one)]
        yield from faults or [_complete(case, section)]
    yield from _more_than_all(case)


def _field(case: Case, one: Field) -> Iterator[Finding]:
    answer = case.parsed(one)
    where = ("form", one.key)
    clauses = one.clause or (case.book.form.clause,)
    if isinstance(answer, FieldError) and answer.code != "empty":
        words = WRONG.fill(name=one.name, why=answer.words)
        yield case.finding(f"form.{one.key}", "wrong", words, clauses, where, blocks=True)
    elif (answer is None or isinstance(answer, FieldError)) and one.required and case.holds(one.when):
        words = MISSING.fill(name=one.name)
        yield case.finding(f"form.{one.key}", "missing", words, clauses, where, one.hint, blocks=True)


def _complete(case: Case, section: Section) -> Finding:
    words = COMPLETE.fill(name=section.name)
    return case.finding(f"section.{section.key}", "ok", words, (section.clause,), ("section", section.key))


def _more_than_all(case: Case) -> Iterator[Finding]:
    """A part of the staff can't be more than all of it; contractors may explain it, so it only hints."""
    part, whole = case.book.form.by_role("staff_cloud"), case.book.form.by_role("staff_total")
    some, every = case.role("staff_cloud"), case.role("staff_total")
    if part and whole and isinstance(some, int) and isinstance(every, int) and some > every:
        words = MORE_THAN_ALL.fill(part=part.name, whole=whole.name)
        yield case.finding("form.staff", "hint", words, (case.book.form.clause,), ("form", part.key))
