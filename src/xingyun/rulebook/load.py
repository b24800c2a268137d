"""From files to a Rulebook, or to all the faults in them."""

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from datetime import date, time
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from xingyun.rulebook import check
from xingyun.rulebook.book import Rulebook, from_document
from xingyun.rulebook.errors import RulebookError, RulebookErrors, RulebookWarning, each
from xingyun.rulebook.lines import Path, key_lines
from xingyun.rulebook.reading import Reader
from xingyun.rulebook.schema.document import Document
from xingyun.rulebook.slips import slip
from xingyun.rulebook.text import EMPTY, Text

CONTACTS = "contacts.toml"
CASES = ".cases.toml"


class Source(NamedTuple):
    """Parsed files put together, where each key stands, and why some could not be put in."""

    data: dict[str, Any]
    owner: dict[str, str]
    lines: dict[str, dict[Path, int]]
    errors: list[RulebookError]

    def locate(self, path: Path) -> tuple[str, int]:
        """File and line of a key, or of the nearest table around it."""
        file = self.owner.get(str(path[0]) if path else "", next(iter(self.lines), ""))
        known = self.lines.get(file, {})
        while path and path not in known:
            path = path[:-1]
        return file, known.get(path, 1)


def load_folder(path: FilePath | str) -> Rulebook:
    """The rulebook of a folder's *.toml files; contacts and worked cases beside it are no part of it."""
    return load_source(read_folder(path))


def read_folder(path: FilePath | str) -> dict[str, str]:
    """The texts of a rulebook's files by name."""
    files = sorted(FilePath(path).glob("*.toml"))
    own = [f for f in files if f.name != CONTACTS and not f.name.endswith(CASES)]
    return dict(zip((f.name for f in own), each(read_text, own), strict=True))


def read_text(file: FilePath) -> str:
    """The text of a file with plain line ends; RulebookErrors where it is not UTF-8."""
    try:
        return file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise RulebookErrors([RulebookError(file.name, 0, "", _NOT_UTF8)]) from None


_NOT_UTF8 = Text("文件不是 UTF-8 编码，请另存为 UTF-8", "the file is not UTF-8; save it as UTF-8")


def load_source(source: Mapping[str, str]) -> Rulebook:
    """The rulebook of texts by file name; RulebookErrors with all faults when it can't be used."""
    return _load(tuple(sorted(source.items())))


@lru_cache(maxsize=8)  # what is released is read again at once, and a rulebook never changes
def _load(files: tuple[tuple[str, str], ...]) -> Rulebook:
    whole, document = _read(files)
    return from_document(document, dict(files), digest(whole.data))


def warnings(source: Mapping[str, str]) -> tuple[RulebookWarning, ...]:
    """What is probably not meant in a rulebook that loads, in the order of its files and lines."""
    whole, document = _read(tuple(sorted(source.items())))
    found = check.warnings(document, whole.locate)
    return tuple(sorted(found, key=lambda w: (w.file, w.line, w.key)))


@lru_cache(maxsize=2)  # a check looks for faults first, and then for what to warn of
def _read(files: tuple[tuple[str, str], ...]) -> tuple[Source, Document]:
    whole = _parse(dict(files))
    return whole, _document(whole)


def _document(whole: Source) -> Document:
    """The tables, read and checked."""
    reader = Reader(whole.locate)
    document = reader.table(Document, whole.data, ())
    if whole.errors:
        # What stands in the files that can't be read is not missed, and no key is looked up in them.
        raise RulebookErrors([*whole.errors, *(e for e in reader.errors if e.key)])
    check.references(reader)
    if document is not reader.UNREADABLE:
        check.document(document, reader)
    if reader.errors or not isinstance(document, Document):
        raise RulebookErrors(reader.errors)
    return document


def tables(source: Mapping[str, str]) -> dict[str, Any]:
    """What the files say, put together and not yet checked; RulebookErrors where one is no TOML."""
    whole = _parse(source)
    if whole.errors:
        raise RulebookErrors(whole.errors)
    return whole.data


def digest(data: Mapping[str, Any]) -> str:
    """SHA-256 of what the files say: comments, layout and the split into files do not count."""
    canonical = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_dated)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _dated(value: date | time) -> dict[str, str]:
    """The one kind of value that TOML has and JSON has not."""
    return {"$date": value.isoformat()}


def _parse(source: Mapping[str, str]) -> Source:
    whole = Source({}, {}, {}, [])
    for name in sorted(source):
        try:
            data = parse(name, source[name])
        except RulebookErrors as why:
            whole.errors.extend(why.errors)
            continue
        whole.lines[name] = key_lines(source[name])
        whole.errors.extend(_join(whole, name, data))
    if not whole.lines:
        raise RulebookErrors(whole.errors or [RulebookError("", 0, "", _NO_FILES)])
    return whole


_NO_FILES = Text("没有找到规则书文件（*.toml）", "no rulebook files (*.toml) found")


def _join(whole: Source, name: str, data: Mapping[str, Any]) -> list[RulebookError]:
    errors = []
    for key, value in data.items():
        if key in whole.data:
            said = Text("“{k}”已写在 {f} 里", "{k} already stands in {f}").fill(k=key, f=whole.owner[key])
            errors.append(RulebookError(name, whole.lines[name].get((key,), 1), key, said, EMPTY, _ONE_FILE))
            continue
        whole.data[key] = value
        whole.owner[key] = name
    return errors


_ONE_FILE = Text("一张表只写在一个文件里", "one table stands in one file")


def parse(name: str, text: str) -> dict[str, Any]:
    """What one TOML text says; RulebookErrors where it is none."""
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as why:
        raise RulebookErrors([_syntax(name, text, str(why))]) from None


def _syntax(name: str, text: str, why: str) -> RulebookError:
    found = re.search(r"line (\d+)", why)
    number = int(found[1]) if found else 0
    lines = text.split("\n")
    hint = slip(lines[number - 1]) if 0 < number <= len(lines) else EMPTY
    problem = Text("TOML 写法不对：{why}", "not TOML: {why}").fill(why=why)
    return RulebookError(name, number, "", problem, hint=hint)
