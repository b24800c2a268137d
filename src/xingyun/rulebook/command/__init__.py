"""`xingyun rulebook check|test|explain|diff|new|schema …`: one file a command.

Plain functions of arguments and an output stream; the answer is the exit code: 0 in order, 1 something has to
be mended, 2 the command itself was not understood.
"""

import argparse
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import NoReturn, TextIO

from xingyun.rulebook.command import check as check_command
from xingyun.rulebook.command import diff as diff_command
from xingyun.rulebook.command import explain as explain_command
from xingyun.rulebook.command import new as new_command
from xingyun.rulebook.command import schema as schema_command
from xingyun.rulebook.command import test as test_command
from xingyun.rulebook.command.output import write_faults
from xingyun.rulebook.errors import RulebookErrors

COMMANDS: dict[str, ModuleType] = {
    "check": check_command,
    "test": test_command,
    "explain": explain_command,
    "diff": diff_command,
    "new": new_command,
    "schema": schema_command,
}


def main(argv: Sequence[str], out: TextIO | None = None) -> int:
    """Runs the command that `argv` names."""
    out = out or sys.stdout
    parser = _parser()
    try:
        asked = parser.parse_args(list(argv))
    except argparse.ArgumentError as why:
        out.write(f"{parser.format_usage()}{why}\n")
        return 2
    except SystemExit as asked_for_help:
        return int(asked_for_help.code or 0)
    try:
        return int(COMMANDS[asked.command].run(asked, out))
    except RulebookErrors as faults:
        write_faults(faults.errors, asked, out)
        return 1


def check(argv: Sequence[str], out: TextIO) -> int:
    """Finds all faults of a rulebook, its contacts and its cases' writing."""
    return main(["check", *argv], out)


def test(argv: Sequence[str], out: TextIO) -> int:
    """Runs a rulebook's worked cases."""
    return main(["test", *argv], out)


def explain(argv: Sequence[str], out: TextIO) -> int:
    """Prints a rulebook back in plain words."""
    return main(["explain", *argv], out)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise argparse.ArgumentError(None, message)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="xingyun rulebook", exit_on_error=False)
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser)
    for name, module in COMMANDS.items():
        own = commands.add_parser(name, description=module.__doc__, exit_on_error=False)
        own.add_argument("--lang", choices=["zh", "en"], default="zh")
        own.set_defaults(format="text")
        module.arguments(own)
    return parser
