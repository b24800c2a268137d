"""What stands in a rulebook and is never used."""

from collections.abc import Iterator

from xingyun.rulebook.checks.fault import Fault, fault
from xingyun.rulebook.names import table_name
from xingyun.rulebook.schema.document import Document
from xingyun.rulebook.shape import identity, references, walk

# Tables whose entries do nothing of their own: something else has to name them.
NAMED_ONLY = ("clauses", "interpretations", "documents", "lists", "points.groups", "form.sections")


def entries(doc: Document) -> Iterator[Fault]:
    """Entries that only serve to be named, and are not."""
    named = set(references(doc, Document))
    for path, cls, entry in walk(doc, Document):
        table, own = str(getattr(cls, "table", "")), identity(cls)
        if table not in NAMED_ONLY or own is None:
            continue
        key = str(getattr(entry, own))
        if (table, key) not in named:
            noun = table_name(Document, table.rpartition(".")[2])
            yield fault(path, "{noun}“{k}”没有用到", "the {noun} {k} is not used", noun=noun, k=key)
