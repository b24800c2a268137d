"""A round, a district with two applications handed in, its people and those of others."""

from datetime import datetime
from typing import Any

import pytest


@pytest.fixture
def ground(db: None, now: datetime) -> Any:
    from tests.factories.ground import make_ground

    return make_ground(now)


@pytest.fixture
def export(ground: Any, now: datetime) -> Any:
    """`export(actor, "licheng", ["number"], …)`: asked for, not made yet."""
    from xingyun.lists import actions
    from xingyun.lists.queries import chosen

    def ask(actor: Any, office: str, columns: list[str], **more: Any) -> Any:
        given = {"form": "xlsx", "reason": "", "shared": False, "query": "all", **more}
        return actions.ask_export(
            office=ground.authority(office),
            round=ground.round,
            choice=chosen(given.pop("query")),
            columns=columns,
            actor=actor,
            now=now,
            **given,
        )

    return ask
