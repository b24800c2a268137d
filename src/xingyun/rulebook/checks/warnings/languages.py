"""Lists that are longer in one language than in the other."""

from collections.abc import Iterator

from xingyun.rulebook.checks.fault import Fault, fault
from xingyun.rulebook.schema.document import Document
from xingyun.rulebook.shape import TEXT_EN, columns, walk


def lists(doc: Document) -> Iterator[Fault]:
    """A list of texts has as many in English as in Chinese."""
    for path, cls, entry in walk(doc, Document):
        for column in columns(cls):
            if not (column.paired and column.many):
                continue
            here, english = getattr(entry, column.name), getattr(entry, column.name + TEXT_EN)
            if len(here or ()) != len(english or ()):
                yield fault(
                    (*path, column.toml + TEXT_EN),
                    "与中文的项数不同（{a}，{b}）",
                    "not as many as in Chinese ({a}, {b})",
                    a=len(here or ()),
                    b=len(english or ()),
                )
