"""Says in words what one edition changes against another, by what it touches."""

import argparse
from pathlib import Path
from typing import TextIO

from xingyun.rulebook.command.output import add_format, write_json
from xingyun.rulebook.diff import KIND_NAMES, KINDS, Change, diff
from xingyun.rulebook.load import load_folder
from xingyun.rulebook.text import Text

NONE = Text("两个版本说的一样。", "Both editions say the same.")
COUNT = Text("共 {n} 处变化。", "{n} changes.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """The folders of the two editions."""
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    add_format(parser)


def run(asked: argparse.Namespace, out: TextIO) -> int:
    """Writes all changes."""
    old, new = load_folder(asked.old), load_folder(asked.new)
    changes = diff(old, new)
    if asked.format == "json":
        editions = {"old": old.digest, "new": new.digest}
        write_json({**editions, "changes": [_data(c, asked.lang) for c in changes]}, out)
    else:
        _write(changes, asked.lang, out)
    return 0


def _write(changes: tuple[Change, ...], lang: str, out: TextIO) -> None:
    for kind in KINDS:
        of_kind = [c for c in changes if c.kind == kind]
        if of_kind:
            out.write(f"\n{KIND_NAMES[kind].say(lang)}\n")
            out.writelines(f"  {_cited(c)}{c.words.say(lang)}\n" for c in of_kind)
    said = COUNT.fill(n=len(changes)) if changes else NONE
    out.write(f"\n{said.say(lang)}\n")


def _cited(change: Change) -> str:
    return f"〔{'、'.join(change.clauses)}〕" if change.clauses else ""


def _data(change: Change, lang: str) -> dict[str, object]:
    return {
        "kind": change.kind,
        "what": change.what,
        "path": list(change.path),
        "clauses": list(change.clauses),
        "old": change.old.say(lang),
        "new": change.new.say(lang),
        "words": change.words.say(lang),
    }
