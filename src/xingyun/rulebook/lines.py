"""On which line a key of a TOML text stands. tomllib does not tell, so the text is scanned once more.

The scan only has to be right for texts that tomllib has already accepted.
"""

import re

Path = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(
    r"^\s*((?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|\"[^\"]*\"))*)\s*="
)
_PART = re.compile(r"\"([^\"]*)\"|'([^']*)'|([A-Za-z0-9_-]+)")


def key_lines(text: str) -> dict[Path, int]:
    """Every table and key of `text` with its line, counted from 1."""
    lines: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    for number, line in _open_lines(text):
        if header := _HEADER.match(line):
            table = _table(_parts(header[2]), header[1] == "[[", counts)
            lines[table] = number
        elif key := _KEY.match(line):
            lines.setdefault((*table, *_parts(key[1])), number)
    return lines


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(a or b or c for a, b, c in _PART.findall(dotted))


def _table(names: tuple[str, ...], is_array: bool, counts: dict[Path, int]) -> Path:
    """The full path of a header: names of arrays above it get the number of their last entry."""
    path: Path = ()
    for name in names[:-1]:
        path = (*path, name)
        path = (*path, counts[path]) if path in counts else path
    path = (*path, names[-1])
    if not is_array:
        return path
    counts[path] = counts.get(path, -1) + 1
    return (*path, counts[path])


def _open_lines(text: str) -> list[tuple[int, str]]:
    """The lines on which a statement may begin, leaving out the insides of long strings and arrays."""
    found: list[tuple[int, str]] = []
    depth, quote = 0, ""
    for number, line in enumerate(text.split("\n"), 1):
        if not quote and depth == 0:
            found.append((number, line))
            if _HEADER.match(line):
                continue
        depth, quote = _after(line, depth, quote)
    return found


_TOKEN = re.compile(r'"""|\'\'\'|"(?:\\.|[^"\\])*"|\'[^\']*\'|\\.|[\[\]{}#]')


def _after(line: str, depth: int, quote: str) -> tuple[int, str]:
    """How many brackets are open after `line`, and which long quotation mark."""
    at = 0
    while True:
        if quote:
            at = _closing(line, at, quote)
            if at < 0:
                return depth, quote
            quote = ""
            continue
        token = _TOKEN.search(line, at)
        if token is None or token[0] == "#":
            return depth, ""
        at = token.end()
        if token[0] in ('"""', "'''"):
            quote = token[0]
        depth += (token[0] in ("[", "{")) - (token[0] in ("]", "}"))


def _closing(line: str, at: int, quote: str) -> int:
    """The place after the closing `quote`, or -1."""
    while at < len(line):
        if line[at] == "\\" and quote == '"""':
            at += 2
        elif line.startswith(quote, at):
            return at + 3
        else:
            at += 1
    return -1
