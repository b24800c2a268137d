"""Which answers become columns, by the role of their field and whatever its key is."""

from collections.abc import Mapping
from typing import Any

from xingyun.rulebook import Rulebook
from xingyun.rulebook.form import FieldError, Money, Value


def promoted(rulebook: Rulebook, answers: Mapping[str, str]) -> dict[str, Any]:
    """The columns that follow from what was typed; an answer that can't be taken leaves its column empty."""
    level = _value(rulebook, answers, "level")
    deployments = _value(rulebook, answers, "deployments")
    capital = _value(rulebook, answers, "registered_capital")
    return {
        "level": rulebook.level_asked(level),
        "deployments": ",".join(map(str, deployments)) if isinstance(deployments, tuple) else "",
        "industry": str(_value(rulebook, answers, "industry") or ""),
        "capital_fen": capital.fen if isinstance(capital, Money) else None,
    }


def _value(rulebook: Rulebook, answers: Mapping[str, str], role: str) -> Value | None:
    field = rulebook.form.by_role(role)
    if field is None or not answers.get(field.key, "").strip():
        return None
    value = rulebook.form.parse(field, answers[field.key])
    return None if isinstance(value, FieldError) else value
