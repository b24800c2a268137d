"""`xingyun demo`: a rehearsal with invented data, living at a time of its own.

seed      make the database, fill it if it is empty (--bare: offices and a round only), print the accounts
clock     move the rehearsal's time forward: --to "2020-10-20 09:00"
accounts  who may sign in
papers    write one of each paper in each format into a folder; also as --papers DIR
"""

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from xingyun.audit import SYSTEM
from xingyun.audit import actions as audit
from xingyun.clock import ZONE, now
from xingyun.clock.actions import ClockError, move_forward
from xingyun.demo import rehearsal
from xingyun.documents.fonts import NoFontsError, find_fonts
from xingyun.documents.specimens import write_all

OPENING = "2020-10-12 09:00"


def run(argv: Sequence[str]) -> int:
    """Run the command; returns its exit code."""
    given = _parser().parse_args(["papers", *argv[1:]] if argv and argv[0] == "--papers" else list(argv))
    if given.command == "papers":
        # Samples on paper need neither a database nor a rehearsal.
        return _papers(given.folder)
    if not settings.REHEARSAL:
        print("演练要先设 XINGYUN_REHEARSAL=1；正式系统不接受虚构数据。")
        return 2
    return {"seed": _seed, "clock": _clock, "accounts": _accounts}[given.command](given)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="xingyun demo", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    seed = commands.add_parser("seed")
    seed.add_argument("--bare", action="store_true", help="no applications")
    seed.add_argument(
        "--rulebook", type=Path, action="append", help="folder of a rulebook; again for one beside it"
    )
    seed.add_argument("--at", type=moment, default=OPENING, help=f"where the rehearsal begins ({OPENING})")
    commands.add_parser("accounts")
    clock = commands.add_parser("clock")
    clock.add_argument("--to", type=moment, required=True, help="Asia/Shanghai, such as 2020-10-20 09:00")
    papers = commands.add_parser("papers")
    papers.add_argument("folder", type=Path, help="where the papers are written to")
    return parser


def _papers(folder: Path) -> int:
    try:
        for path in write_all(folder, fonts=find_fonts(settings.FONTS)):
            print(path)
    except (NoFontsError, OSError) as error:
        print(error)
        return 2
    return 0


def moment(text: str) -> datetime:
    """A time as typed, in Shanghai unless it says otherwise."""
    read = datetime.fromisoformat(text)
    return (read if read.tzinfo else read.replace(tzinfo=ZONE)).astimezone(UTC)


def _seed(given: argparse.Namespace) -> int:
    call_command("migrate", verbosity=0, interactive=False)
    if rehearsal.is_empty():
        print("正在准备演练数据（虚构的企业、名录、材料），约需一分钟 …", flush=True)
        folders = given.rulebook or rehearsal.default_rulebooks(given.at.astimezone(ZONE).year)
        if odd := [str(folder) for folder in folders or [settings.RULEBOOKS] if not folder.is_dir()]:
            print(f"没有规则书文件夹：{'、'.join(odd)}。请在项目的文件夹里运行，或设 XINGYUN_RULEBOOKS。")
            return 2
        rehearsal.fill(folders=folders, at=given.at, bare=given.bare, say=_say)
    return _accounts(given)


def _say(line: str) -> None:
    print(f"  {line}", flush=True)


def _accounts(_given: argparse.Namespace) -> int:
    print(rehearsal.accounts_in_words())
    return 0


def _clock(given: argparse.Namespace) -> int:
    before = now()
    try:
        with transaction.atomic():
            move_forward(to=given.to)
            body = {"from": before.isoformat(), "to": given.to.isoformat()}
            audit.append(stream="clock", act="clock.moved", actor=SYSTEM, body=body, now=before)
    except ClockError as error:
        print(error)
        return 2
    print(f"演练时间：{now().astimezone(ZONE):%Y-%m-%d %H:%M:%S}")
    return 0
