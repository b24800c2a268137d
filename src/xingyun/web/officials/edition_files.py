"""A rulebook as somebody hands it in: several TOML files, or the folder packed as .zip."""

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from xingyun.audit.errors import Refused
from xingyun.rulebook import Rulebook, RulebookError, RulebookErrors, Text, load_source
from xingyun.rulebook.cases import Result, read_cases
from xingyun.rulebook.cases import run as run_case
from xingyun.rulebook.contacts import read_contacts
from xingyun.rulebook.errors import RulebookWarning
from xingyun.rulebook.load import CASES, CONTACTS, warnings

MOST_FILES = 60
MOST_BYTES = 1_000_000
NOT_UTF8 = Text("文件不是 UTF-8 编码，请另存为 UTF-8", "the file is not UTF-8; save it as UTF-8")
NO_BOOK = Text("没有规则书文件（*.toml）", "no rulebook files (*.toml)")

Texts = dict[str, str]


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of looking at the files: the rulebook, or faults; cases that fail; what is worth a look."""

    texts: Texts
    book: Rulebook | None = None
    faults: tuple[RulebookError, ...] = ()
    failing: tuple[Result, ...] = ()
    cases: int = 0
    warnings: tuple[RulebookWarning, ...] = ()

    @property
    def contacts(self) -> str | None:
        """The text of the contacts file, where one came along."""
        return self.texts.get(CONTACTS)


def source_of(texts: Mapping[str, str]) -> Texts:
    """The files that are the rulebook itself."""
    return {n: t for n, t in texts.items() if n != CONTACTS and not n.endswith(CASES)}


def read(files: Iterable["UploadedFile[Any]"]) -> Texts:
    """The texts by file name. Raises Refused for what is neither, RulebookErrors where one is not UTF-8."""
    texts: Texts = {}
    wrong: list[RulebookError] = []
    for name, content in _limited(_each(files)):
        if name in texts:
            raise Refused(_("有两个文件都叫 %s。请只留一个。") % name, field="files")
        try:
            texts[name] = content.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            wrong.append(RulebookError(name, 0, "", NOT_UTF8))
    if wrong:
        raise RulebookErrors(wrong)
    return texts


def _limited(found: Iterator[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    files, left = 0, MOST_BYTES
    for name, content in found:
        files, left = files + 1, left - len(content)
        if files > MOST_FILES or left < 0:
            said = _("文件太多或太大：最多 %(files)s 个、共 %(size)s MB。")
            raise Refused(said % {"files": MOST_FILES, "size": MOST_BYTES // 1_000_000}, field="files")
        yield name, content


def _each(files: Iterable["UploadedFile[Any]"]) -> Iterator[tuple[str, bytes]]:
    for file in files:
        name = str(file.name or "")
        if (file.size or 0) > MOST_BYTES:
            raise Refused(_("%s 太大。规则书是文字文件，一般不到 1 MB。") % name, field="files")
        if name.lower().endswith(".zip"):
            yield from _packed(name, file.read())
        elif name.lower().endswith(".toml"):
            yield name, file.read()
        else:
            raise Refused(_("%s 不是 .toml 或 .zip 文件。") % name, field="files")


def _packed(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """The TOML files of an archive, wherever in it they lie; a member is never read beyond what is taken."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for member in packed.infolist():
                path = PurePosixPath(member.filename)
                if path.suffix.lower() == ".toml" and path.parts[0] != "__MACOSX":
                    with packed.open(member) as stream:
                        yield path.name, stream.read(MOST_BYTES + 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ValueError) as error:
        said = _("%s 打不开：不是完整的 .zip，或者加了密码。")
        raise Refused(said % name, field="files") from error


def look(texts: Texts) -> Checked:
    """Check all of it, contacts and worked cases too; every fault at once."""
    faults: list[RulebookError] = []
    book = None
    try:
        book = load_source(source_of(texts)) if source_of(texts) else None
        if book is None:
            faults.append(RulebookError("", 0, "", NO_BOOK))
    except RulebookErrors as why:
        faults += why.errors
    faults += _contact_faults(texts)
    cases, wrong = _cases(texts)
    faults += wrong
    results = [run_case(book, case) for case in cases] if book else []
    failing = tuple(r for r in results if not r.passed)
    noted = warnings(book.source) if book else ()
    return Checked(texts, None if faults else book, tuple(faults), failing, len(cases), noted)


def _contact_faults(texts: Texts) -> tuple[RulebookError, ...]:
    try:
        if CONTACTS in texts:
            read_contacts(texts[CONTACTS])
    except RulebookErrors as why:
        return why.errors
    return ()


def _cases(texts: Texts) -> tuple[list[Any], list[RulebookError]]:
    cases: list[Any] = []
    faults: list[RulebookError] = []
    for name, text in sorted(texts.items()):
        try:
            cases += read_cases(name, text) if name.endswith(CASES) else ()
        except RulebookErrors as why:
            faults += why.errors
    return cases, faults
