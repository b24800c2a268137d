"""The tables that explain themselves by their keys alone: who acts, where, in which order, what is asked."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from xingyun.rulebook.book import Rulebook
from xingyun.rulebook.names import TABLES
from xingyun.rulebook.text import EMPTY, Text
from xingyun.rulebook.wording.particulars import in_one, particulars
from xingyun.rulebook.wording.values import Values

PARTS = {
    "authorities": Text("办理机关", "Authorities"),
    "deployments": Text("上云形式", "Deployment models"),
    "sections": Text("申请表的栏", "Sections of the form"),
    "stages": Text("阶段", "Stages"),
    "declaration": Text("承诺", "Declaration"),
    "questions": Text("自测问题", "Questions of the self-check"),
}


class Told(NamedTuple):
    """An entry in words: the part it stands in, its clauses, its name, what it says."""

    part: Text
    clauses: tuple[str, ...]
    name: Text
    words: Text


def rest(book: Rulebook) -> Iterator[Told]:
    """Each of these tables, entry by entry."""
    values = Values(book)
    tables: tuple[tuple[str, Iterable[Any]], ...] = (
        ("authorities", book.authorities),
        ("deployments", book.deployments),
        ("sections", book.form.sections),
        ("stages", book.stages),
        ("declaration", (book.declaration,)),
        ("questions", book.questions),
    )
    for table, entries in tables:
        for entry in entries:
            yield _told(values, table, entry)


def _told(values: Values, table: str, entry: Any) -> Told:
    clause = getattr(entry, "clause", ())
    text = Text(getattr(entry, "text", ""), getattr(entry, "text_en", ""))
    said = [text] if text.zh else []
    said += particulars(values, entry)
    return Told(
        part=PARTS[table],
        clauses=(clause,) if isinstance(clause, str) else clause,
        name=getattr(entry, "name", EMPTY) or TABLES[table],
        words=in_one([Text(t.zh.rstrip("。"), t.en.rstrip(".")) for t in said]),
    )
