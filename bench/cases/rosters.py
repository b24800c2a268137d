"""A roster of a hundred thousand rows: looked at in the request, brought in by the job, brought in again."""

import resource
import tempfile
from pathlib import Path

import xlsxwriter
from django.db import connection

from bench.measure import Row, once
from xingyun import clock
from xingyun.files import actions as files
from xingyun.jobs.registry import discover
from xingyun.jobs.worker import Worker
from xingyun.registry import actions
from xingyun.registry.models import Authority, Membership, RosterImport
from xingyun.registry.queries import actor_for
from xingyun.registry.states import Role
from xingyun.rulebook import uscc

MANY = 100_000
# One in so many rows has a wrong code.
WRONG = 1000
HEADS = ("序号", "企业名称", "统一社会信用代码", "首次上云时间", "主要云服务商")


def rows() -> list[Row]:
    """The aim: everything under 15 s on one core."""
    seat = Membership.objects.filter(role=Role.PREPARER, authority__parent__isnull=False).first()
    assert seat is not None
    authority, actor = Authority.objects.get(pk=seat.authority_id), actor_for(seat.user)
    with tempfile.TemporaryDirectory() as folder:
        file = files.store(source=table(Path(folder) / "roster.xlsx"), now=clock.now())
    made: list[RosterImport] = []

    def look() -> None:
        given = {"authority": authority, "file": file, "name": "roster.xlsx"}
        made.append(
            actions.take_in(**given, listed_on=clock.today(), actor=actor, now=clock.now())  # type: ignore[arg-type]
        )

    def bring() -> None:
        one = made[-1]
        actions.start_import(made=one, head=one.head, columns=one.columns, actor=actor, now=clock.now())
        Worker(discover()).drain()

    def said(name: str) -> Row:
        before = processor()
        row = once(name, bring)
        one = RosterImport.objects.get(pk=made[-1].pk)
        counts = f"{one.added} added, {one.unchanged} unchanged, {one.refused} refused"
        note = f"{connection.vendor}; {counts}; processor {processor() - before:.1f} s"
        return Row(row.name, row.p50, row.p95, row.per_second, note)

    Worker(discover()).drain()
    first = once("100,000 rows looked at", look, connection.vendor)
    brought = said("100,000 rows brought in (aim 15 s)")
    look()
    return [first, brought, said("the same rows once more")]


def processor() -> float:
    """Seconds of the processor that this process and its ended children have had."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def table(path: Path) -> Path:
    """An invented roster as offices keep it: a heading, a running number, months in words."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("名录")
        sheet.write_row(0, 0, HEADS)
        for n in range(1, MANY + 1):
            code = uscc.make(20_000_000 + n, "370100")
            code = code if n % WRONG else f"{code[:-1]}{'A' if code[-1] != 'A' else 'B'}"
            day = f"{2016 + n % 4}年{n % 12 + 1}月"
            sheet.write_row(n, 0, (n, f"云岫智造{n}号有限公司", code, day, "泉畔云数据服务有限公司"))
    return path
