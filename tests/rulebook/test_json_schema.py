"""The JSON Schema: the rulebooks that load fit it, and what the reader refuses for its form does not."""

import json
import re
import tomllib
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.rulebook.conftest import FIRST, ROOT, SECOND

from xingyun.rulebook.json_schema import json_schema
from xingyun.rulebook.load import read_folder, tables
from xingyun.rulebook.schema.document import Document
from xingyun.rulebook.shape import classes

SCHEMA = json_schema()
MANUAL = "\n".join(
    re.findall(r"```toml\n(.*?)```", (ROOT / "docs" / "rulebook.md").read_text("utf-8"), flags=re.S)
)


def _as_json(data: Any) -> Any:
    return json.loads(json.dumps(data, default=lambda day: day.isoformat()))


def _faults(data: Any) -> list[str]:
    validator = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [f"{list(e.absolute_path)}: {e.message}" for e in validator.iter_errors(_as_json(data))]


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("folder", [FIRST, SECOND], ids=["first", "second"])
def test_the_rulebooks_fit(folder: Any) -> None:
    assert _faults(tables(read_folder(folder))) == []


def test_the_manual_fits() -> None:
    assert _faults(tomllib.loads(MANUAL)) == []


def _levels(data: dict[str, Any]) -> dict[str, Any]:
    return data["levels"][0]


WRONG: list[tuple[Callable[[dict[str, Any]], object], str]] = [
    (lambda d: _levels(d).update(rnak=3), "rnak"),
    (lambda d: _levels(d).update(rank="3"), "'3' is not of type"),
    (lambda d: _levels(d).update(key="四星"), "四星"),
    (lambda d: _levels(d).update(label=" "), "does not match"),
    (lambda d: _levels(d).pop("decided_by"), "decided_by"),
    (lambda d: d["deadlines"][0].update(on="26 October"), "is not a 'date'"),
    (lambda d: d["quotas"][0].update(percent="3"), "does not match"),
    (lambda d: d["conditions"][0].update(kind="guessed"), "is not valid under any"),
    (lambda d: d.update(tittle=1), "tittle"),
    (lambda d: d.pop("programme"), "programme"),
]


@pytest.mark.parametrize(("spoil", "said"), WRONG, ids=[w[1] for w in WRONG])
def test_what_is_wrong_in_form_does_not_fit(spoil: Callable[[dict[str, Any]], object], said: str) -> None:
    data = tables(read_folder(FIRST))
    assert isinstance(data["deadlines"][0]["on"], date)
    spoil(data)
    assert any(said in fault for fault in _faults(data))


def test_every_table_is_described() -> None:
    assert set(SCHEMA["$defs"]) == {cls.__name__ for cls in classes(Document)}
    assert all(table["description"] for table in SCHEMA["$defs"].values())
    assert (
        SCHEMA["$defs"]["Level"]["properties"]["label_en"]["description"] == "名称（英文） · name in English"
    )
    assert SCHEMA["$defs"]["Level"]["properties"]["requires"]["$comment"] == "a key of levels"
