"""Tables as offices hand them in, and the way of one through the actions."""

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from tests.factories.ground import Ground, make_file

from xingyun.jobs.registry import discover
from xingyun.jobs.worker import Worker
from xingyun.registry import actions
from xingyun.registry.models import RosterImport
from xingyun.rulebook import uscc

HEADS = ("序号", "企业名称", "统一社会信用代码", "首次上云时间", "主要云服务商")
Cells = Sequence[Any]


def code(n: int) -> str:
    """The n-th code of these tests."""
    return uscc.make(n, "370100")


def row(n: int, **other: Any) -> list[Any]:
    """A row under HEADS; `name`, `code`, `day`, `provider` may be others."""
    usual = {"name": f"企业{n}", "code": code(n), "day": "2019年7月", "provider": "泉畔云"}
    said = {**usual, **other}
    return [n, said["name"], said["code"], said["day"], said["provider"]]


def xlsx(rows: Sequence[Cells], heads: Cells = HEADS) -> bytes:
    """A workbook."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for n, cells in enumerate([heads, *rows] if heads else rows):
            sheet.write_row(n, 0, cells)
    return out.getvalue()


def handed_in(ground: Ground, content: bytes, key: str = "licheng") -> RosterImport:
    """Taken in, its columns not yet matched."""
    return actions.take_in(
        authority=ground.authority(key),
        file=make_file(content, ground.now),
        name="roster.xlsx",
        listed_on=ground.now.date(),
        actor=ground.actor(key),
        now=ground.now,
    )


def begun(ground: Ground, content: bytes, key: str = "licheng") -> RosterImport:
    """Asked for with the columns as they were guessed."""
    made = handed_in(ground, content, key)
    actions.start_import(
        made=made, head=made.head, columns=made.columns, actor=ground.actor(key), now=ground.now
    )
    return made


def brought(ground: Ground, content: bytes, key: str = "licheng") -> RosterImport:
    """Carried out by a worker."""
    made = begun(ground, content, key)
    Worker(discover()).drain()
    made.refresh_from_db()
    return made


def counts(made: RosterImport) -> tuple[int, int, int, int]:
    """Added, changed, unchanged, refused."""
    return made.added, made.changed, made.unchanged, made.refused
