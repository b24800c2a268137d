"""Whom to call: offices and their telephones, kept beside a rulebook and outside its digest."""

from dataclasses import dataclass
from pathlib import Path as FilePath

from xingyun.rulebook.errors import RulebookErrors
from xingyun.rulebook.lines import Path, key_lines
from xingyun.rulebook.load import CONTACTS, parse, read_text
from xingyun.rulebook.reading import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person of an office, for the authority of that key."""

    authority: str
    office: str
    name: str
    phone: str
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """Where the platform's own users get help."""

    platform_phone: str
    mailbox: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacts:
    """All contacts of a programme."""

    contacts: tuple[Contact, ...] = ()
    help: Help | None = None

    def of(self, authority: str) -> tuple[Contact, ...]:
        """The contacts of one authority."""
        return tuple(c for c in self.contacts if c.authority == authority)


def load_contacts(folder: FilePath | str) -> Contacts:
    """The contacts beside a rulebook; none where there is no such file."""
    file = FilePath(folder) / CONTACTS
    return read_contacts(read_text(file)) if file.exists() else Contacts()


def read_contacts(text: str) -> Contacts:
    """The contacts of a TOML text; RulebookErrors with all faults when it can't be used."""
    data = parse(CONTACTS, text)
    lines = key_lines(text)

    def locate(path: Path) -> tuple[str, int]:
        while path and path not in lines:
            path = path[:-1]
        return CONTACTS, lines.get(path, 1)

    reader = Reader(locate)
    found = reader.table(Contacts, data, ())
    if reader.errors or not isinstance(found, Contacts):
        raise RulebookErrors(reader.errors)
    return found
