"""Reads worked cases. A case may start from named facts (`from`) and say only what differs (`change`)."""

import tomllib
from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import Any

from xingyun.rulebook.cases.schema import Case, CaseFile
from xingyun.rulebook.errors import RulebookError, RulebookErrors
from xingyun.rulebook.lines import Path, key_lines
from xingyun.rulebook.load import CASES
from xingyun.rulebook.reading import Reader
from xingyun.rulebook.text import Text


def load_cases(folder: FilePath | str) -> tuple[Case, ...]:
    """The cases of a folder's *.cases.toml files, in order; RulebookErrors with all faults of a file."""
    files = sorted(FilePath(folder).glob(f"*{CASES}"))
    return tuple(case for f in files for case in read_cases(f.name, f.read_text("utf-8")))


def read_cases(name: str, text: str) -> tuple[Case, ...]:
    """The cases of one file's text."""
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as why:
        raise RulebookErrors([RulebookError(name, 0, "", Text(str(why), str(why)))]) from None
    lines = key_lines(text)

    def locate(path: Path) -> tuple[str, int]:
        while path and path not in lines:
            path = path[:-1]
        return name, lines.get(path, 1)

    reader = Reader(locate)
    found = reader.table(CaseFile, _filled(data, reader), ())
    if reader.errors or not isinstance(found, CaseFile):
        raise RulebookErrors(reader.errors)
    return found.cases


def _filled(data: dict[str, Any], reader: Reader) -> dict[str, Any]:
    """The file's data with every `from` and `change` written out as `facts`."""
    named = {f.get("key"): f.get("facts", {}) for f in data.pop("facts", [])}
    for n, case in enumerate(data.get("cases", [])):
        if "from" not in case:
            continue
        base = case.pop("from")
        if base not in named:
            reader.fault(("cases", n, "from"), Text(f"没有“{base}”这组事实", f"there are no facts {base}"))
        case["facts"] = merged(named.get(base, {}), case.pop("change", {}))
    return data


def merged(base: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """`base` with the values of `change`; tables are merged key by key, an empty text takes a key away."""
    whole = dict(base)
    for key, value in change.items():
        if isinstance(value, dict) and isinstance(whole.get(key), dict):
            whole[key] = merged(whole[key], value)
        elif value == "":
            whole.pop(key, None)
        else:
            whole[key] = value
    return whole
