"""Worked cases: tests of a rulebook that an official can read and write."""

from xingyun.rulebook.cases.load import load_cases, read_cases
from xingyun.rulebook.cases.run import Result, run

__all__ = ["Result", "load_cases", "read_cases", "run"]
