"""Prints the JSON Schema (draft 2020-12) of rulebooks, for editors that help with writing."""

import argparse
from typing import TextIO

from xingyun.rulebook.command.output import write_json
from xingyun.rulebook.json_schema import json_schema


def arguments(parser: argparse.ArgumentParser) -> None:
    """None of its own; `--format json` is understood, as everywhere."""
    parser.add_argument("--format", choices=["json"], default="json")


def run(_asked: argparse.Namespace, out: TextIO) -> int:
    """Writes the schema."""
    write_json(json_schema(), out)
    return 0
