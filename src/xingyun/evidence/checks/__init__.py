"""Checks of a dossier. Each looks at a `Subject` and yields what is odd; `registry` has all of them."""

from xingyun.evidence.checks.base import Check, Found, Held, Holder, Others, Subject
from xingyun.evidence.checks.registry import CHECKS, by_key, run_all

__all__ = ["CHECKS", "Check", "Found", "Held", "Holder", "Others", "Subject", "by_key", "run_all"]
