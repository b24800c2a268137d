"""Reads worked cases. A case may start from named facts (`from`) and say only what differs (`change`)."""

from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import Any

from xingyun.rulebook.cases.schema import AnswerCase, Case, CaseFile
from xingyun.rulebook.errors import RulebookErrors, each
from xingyun.rulebook.lines import Path, key_lines
from xingyun.rulebook.load import CASES, parse, read_text
from xingyun.rulebook.reading import Reader
from xingyun.rulebook.text import Text


def load_cases(folder: FilePath | str) -> tuple[Case, ...]:
    """The cases of a folder's *.cases.toml files, in order; RulebookErrors with all faults of all files."""
    files = sorted(FilePath(folder).glob(f"*{CASES}"))
    return tuple(case for cases in each(_read, files) for case in cases)


def _read(file: FilePath) -> tuple[Case, ...]:
    return read_cases(file.name, read_text(file))


def read_cases(name: str, text: str) -> tuple[Case, ...]:
    """The cases of one file's text."""
    data = parse(name, text)
    lines = key_lines(text)

    def locate(path: Path) -> tuple[str, int]:
        while path and path not in lines:
            path = path[:-1]
        return name, lines.get(path, 1)

    reader = Reader(locate)
    found = reader.table(CaseFile, _filled(data, reader), ())
    if isinstance(found, CaseFile):
        _repeats(found, reader)
    if reader.errors or not isinstance(found, CaseFile):
        raise RulebookErrors(reader.errors)
    return found.cases


def _repeats(found: CaseFile, reader: Reader) -> None:
    """Nothing is written so often that it fills the memory."""
    for n, case in enumerate(found.cases):
        often = {"times": case.times} if isinstance(case, AnswerCase) else {}
        often |= {"facts": max(case.facts.repeat.values(), default=0)} if case.kind == "application" else {}
        for key, times in often.items():
            if times > MOST_TIMES:
                said = Text("最多重复 {n} 次", "repeated {n} times at most").fill(n=MOST_TIMES)
                reader.fault(("cases", n, key), said)


MOST_TIMES = 100_000


def _filled(data: dict[str, Any], reader: Reader) -> dict[str, Any]:
    """The file's data with every `from` and `change` written out as `facts`."""
    named = {str(f.get("key")): f.get("facts", {}) for f in _tables(data, "facts")}
    for n, case in enumerate(_tables(data, "cases")):
        if "from" not in case:
            continue
        base = str(case.pop("from"))
        if base not in named:
            reader.fault(("cases", n, "from"), Text(f"没有“{base}”这组事实", f"there are no facts {base}"))
        change = case.pop("change", {})
        case["facts"] = merged(named.get(base, {}), change) if isinstance(change, dict) else change
    return data


def _tables(data: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """The tables under `key`, whatever else stands there: that is told when the file is read."""
    found = data.get(key, [])
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def merged(base: Any, change: Mapping[str, Any]) -> dict[str, Any]:
    """`base` with the values of `change`; tables are merged key by key, an empty text takes a key away."""
    whole = dict(base) if isinstance(base, dict) else {}
    for key, value in change.items():
        if isinstance(value, dict) and isinstance(whole.get(key), dict):
            whole[key] = merged(whole[key], value)
        elif value == "":
            whole.pop(key, None)
        else:
            whole[key] = value
    return whole
