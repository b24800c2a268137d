"""The English of the interface: `python -m xingyun.config.translations update|check|compile`.

Chinese is the source language: a message's id is its Chinese sentence. `update` brings the catalogue into
line with the sources, `check` fails where a sentence has no English, `compile` makes what Django reads.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent
CATALOGUE = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
METHODS = [("**.py", "python"), ("web/templates/**.html", "jinja2")]
OPTIONS = {
    "web/templates/**.html": {
        "extensions": "jinja2.ext.do",
        "trimmed": "true",
        "newstyle_gettext": "true",
        "trim_blocks": "true",
        "lstrip_blocks": "true",
        "silent": "false",
    }
}
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")
NOISE = re.compile(
    rb'"(POT-Creation-Date|PO-Revision-Date|Report-Msgid|Last-Tr|Language-Team|Generated-By)[^\n]*\n'
)
HEADER = "# English of the Xingyun interface. The ids are the Chinese sentences of the sources.\n#"


def main(arguments: list[str]) -> int:
    """Run one of the three; 0 where all is well."""
    commands = {"update": update, "check": check, "compile": compile_catalogue}
    if len(arguments) != 1 or arguments[0] not in commands:
        print(__doc__)
        return 2
    return commands[arguments[0]]()


def extracted() -> Catalog:
    """Every sentence of the sources, with the files it stands in."""
    found = Catalog(project="Xingyun", locale="en", header_comment=HEADER, charset="utf-8", fuzzy=False)
    hits = extract_from_dir(PACKAGE, METHODS, OPTIONS, KEYWORDS, ("Translators:",), strip_comment_tags=True)
    for file_name, _line, ids, comments, context in hits:
        found.add(ids, None, [(file_name, 1)], auto_comments=comments, context=context)
    return found


def translated(path: Path = CATALOGUE) -> Catalog:
    """The catalogue as it is kept; an empty one where there is none."""
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as file:
        return read_po(file, locale="en")


def update() -> int:
    """Add new sentences, drop those that are gone; nothing is guessed from similar ones."""
    fresh = brought_into_line(extracted(), translated())
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_bytes(as_po(fresh))
    todo = sum(1 for _fault in untranslated(fresh))
    print(f"{len(fresh)} sentences, {todo} without English: {CATALOGUE}")
    return 0


def brought_into_line(fresh: Catalog, kept: Catalog) -> Catalog:
    """The sentences of the sources with the English that is kept of them."""
    for message in fresh:
        known = kept.get(message.id, message.context) if message.id else None
        if known and known.pluralizable == message.pluralizable:
            message.string = known.string
    return fresh


def as_po(catalogue: Catalog) -> bytes:
    """The catalogue as text, in an order that does not depend on who ran it, without dates and names."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, sort_output=True, include_lineno=False, omit_header=False, width=100)
    return NOISE.sub(b"", buffer.getvalue())


def check() -> int:
    """Say what is missing; 1 where anything is."""
    sources, kept = extracted(), translated()
    problems = list(faults(sources, kept))
    # Only once nothing else is wrong: whatever is missing makes the file differ, too.
    if not problems and CATALOGUE.read_bytes() != as_po(brought_into_line(sources, kept)):
        problems.append("places or order differ from the sources, run update")
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems" if problems else "every sentence has its English")
    return 1 if problems else 0


def faults(sources: Catalog, catalogue: Catalog) -> Iterator[str]:
    """What is wrong with a catalogue of these sources."""
    known = {(m.id, m.context) for m in catalogue if m.id}
    wanted = {(m.id, m.context) for m in sources if m.id}
    yield from (
        f"not in the catalogue, run update: {ids!r}" for ids, _context in sorted(wanted - known, key=str)
    )
    yield from (
        f"no longer in the sources, run update: {ids!r}" for ids, _context in sorted(known - wanted, key=str)
    )
    yield from untranslated(catalogue)
    for message in catalogue:
        yield from differing(message)


def untranslated(catalogue: Catalog) -> Iterator[str]:
    """Sentences without English, or with one that somebody only guessed."""
    for message in catalogue:
        if message.id and not all(strings(message)):
            yield f"no English: {message.id!r}"
        elif message.id and message.fuzzy:
            yield f"marked fuzzy: {message.id!r}"


def differing(message: Message) -> Iterator[str]:
    """Placeholders that the English does not share with the Chinese."""
    ids = message.id if isinstance(message.id, tuple | list) else [message.id]
    wanted = placeholders(str(ids[-1]))
    for text in strings(message):
        if message.id and text and placeholders(text) != wanted:
            yield f"placeholders differ: {message.id!r} → {text!r}"


def placeholders(text: str) -> list[str]:
    """The placeholders of a sentence, sorted."""
    return sorted(found[0] for found in PLACEHOLDER.finditer(text))


def strings(message: Message) -> list[str]:
    """The English of a message: one sentence, or one for each plural form."""
    found = message.string
    return list(found) if isinstance(found, tuple | list) else [str(found or "")]


def compile_catalogue() -> int:
    """Write the .mo beside the .po."""
    with CATALOGUE.with_suffix(".mo").open("wb") as file:
        write_mo(file, translated())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
