"""`xingyun offices`: how a real system begins, before anybody can sign in to do it in a page.

release FOLDER   release a programme's first rulebook; makes the offices that it names
seat TABLE       make accounts and seat them, from a table (.xlsx, .csv); prints the new accounts' passwords,
                 which are shown this once and changed at the first signing in
leave LOGIN      end all seats of somebody who leaves, and disable the account
"""

import argparse
import secrets
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from xingyun.accounts import actions as accounts
from xingyun.accounts.models import User
from xingyun.audit.errors import Refused
from xingyun.clock import now
from xingyun.documents.sheets import Line, SheetError, reading
from xingyun.registry.actions import dismiss, seat_person
from xingyun.registry.actors import SYSTEM
from xingyun.registry.models import Authority, Member, Membership
from xingyun.registry.states import Role
from xingyun.rounds.actions import release_edition
from xingyun.rounds.queries import latest_edition
from xingyun.rulebook import RulebookErrors, load_source
from xingyun.rulebook.load import CONTACTS, read_folder

# Whoever released the first rulebook; nobody knows its password.
SETTER_UP = "system-setup"
HEADS = ("单位", "职责", "登录名")
MORE_HEADS = {"姓名": "name", "岗位": "post", "邮箱": "email", "电话": "phone"}


@dataclass(frozen=True, slots=True)
class Wish:
    """One row of the table: who is to be seated where, and what else the account is told of."""

    authority: Authority
    role: Role
    username: str
    said: Mapping[str, str]


class TableError(Exception):
    """The table can't be followed; a sentence for each fault."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))


def run(argv: Sequence[str]) -> int:
    """0: done. 2: nothing was done, and why."""
    given = _parser().parse_args(list(argv))
    try:
        with transaction.atomic():
            lines = list(given.act(given.path, now()))
    except RulebookErrors as faults:
        print("规则书有错，没有发布：", faults.say(), sep="\n", file=sys.stderr)
        return 2
    except (TableError, SheetError, Refused, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print("\n".join(lines))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="xingyun offices", description="开始使用：发布第一版规则，给人员开账号、设席位"
    )
    commands = parser.add_subparsers(required=True)
    releasing = commands.add_parser("release", help="发布一个项目的第一版规则，建立其中的单位")
    releasing.add_argument("path", type=Path, metavar="FOLDER", help="规则书文件夹")
    releasing.set_defaults(act=release)
    roles = "、".join(str(role.label) for role in Role)
    seating = commands.add_parser(
        "seat",
        help="照表开账号、设席位，打印新账号的密码",
        description=f"表里要有这几列：{'、'.join(HEADS)}；可以有：{'、'.join(MORE_HEADS)}。"
        f"职责是其中之一：{roles}。一个人有几项职责的，写几行。"
        "密码只显示这一次，第一次登录要改成自己的。",
    )
    seating.add_argument("path", type=Path, metavar="TABLE", help="人员表（.xlsx、.xls、.csv）")
    seating.set_defaults(act=seat)
    leaving = commands.add_parser("leave", help="人员离任：结束他的全部席位，停用账号")
    leaving.add_argument("path", metavar="LOGIN", help="登录名")
    leaving.set_defaults(act=leave)
    return parser


def release(folder: Path, at: datetime) -> Iterator[str]:
    """Release the rulebook in `folder`, a programme's first. Raises RulebookErrors, Refused."""
    source = read_folder(folder)
    book = load_source(source)
    if latest_edition(book.programme.key) is not None:
        raise Refused("这个项目已经有规则；以后的版由牵头单位在“规则”页发布。")
    contacts = folder / CONTACTS
    edition = release_edition(
        source=source,
        contacts=contacts.read_text("utf-8") if contacts.exists() else None,
        released_by=_setter_up(at),
        actor=SYSTEM,
        now=at,
    )
    yield f"已发布“{book.programme.award}”第 {edition.number} 版，摘要 {edition.digest}。单位："
    for authority in Authority.objects.order_by("id"):
        yield f"  {authority.key:12} {authority.name}"


def seat(table: Path, at: datetime) -> Iterator[str]:
    """Seat everybody whom `table` names, all or nobody; what is so already stays. Raises TableError."""
    held = set(Membership.objects.filter(valid_to=None).values_list("user__username", "authority_id", "role"))
    added = 0
    for wish in _wishes(table):
        key = (wish.username, wish.authority.pk, wish.role)
        if key in held:
            continue
        made, password = seat_person(
            username=wish.username,
            said=wish.said,
            authority=wish.authority,
            role=wish.role,
            actor=SYSTEM,
            now=at,
        )
        if password:
            yield f"{wish.username}\t{password}\t{made.user.post}"
        held.add(key)
        added += 1
    yield f"新设 {added} 个席位。"


def leave(username: str, at: datetime) -> Iterator[str]:
    """End every seat of this person and disable the account. Raises Refused."""
    user = User.objects.filter(username=username).first()
    if user is None:
        raise Refused(f"没有“{username}”这个账号。")
    for ended in dismiss(user=user, actor=SYSTEM, now=at):
        yield f"已结束：{ended.authority.name} {ended.get_role_display()}"
    yield f"账号“{username}”已停用。以后再设席位时重新启用，并给新密码。"


def _setter_up(at: datetime) -> User:
    found = User.objects.filter(username=SETTER_UP).first()
    return found or accounts.create_user(
        username=SETTER_UP, password=secrets.token_urlsafe(32), now=at, post="系统初始化"
    )


def _wishes(table: Path) -> list[Wish]:
    offices = {name: a for a in Authority.objects.all() for name in (a.key, a.name, *a.aliases)}
    if not offices:
        raise TableError(["还没有单位：请先用 xingyun offices release 发布规则。"])
    with reading(table) as sheet:
        head, *lines = sheet.lines
    if missing := [name for name in HEADS if name not in head.cells]:
        raise TableError([f"第 {head.number} 行没有这几列：{'、'.join(missing)}。"])
    faults: list[str] = []
    wishes = [wish for line in lines if (wish := _wish(head.cells, line, offices, faults))]
    strangers = _of_enterprises(wish.username for wish in wishes)
    faults += [f"{name} 是企业的账号，不能设席位。" for name in strangers]
    if faults:
        raise TableError(faults)
    return wishes


def _wish(
    heads: Sequence[str], line: Line, offices: Mapping[str, Authority], faults: list[str]
) -> Wish | None:
    row = {name: cell.strip() for name, cell in zip(heads, line.cells, strict=False)}
    place, label, username = (row.get(name, "") for name in HEADS)
    role = next((role for role in Role if label in (str(role.label), role.value)), None)
    wrong = [f"没有“{place}”这个单位"] if place not in offices else []
    wrong += [f"没有“{label}”这种职责"] if role is None else []
    wrong += ["没有登录名"] if not username else []
    if wrong or role is None:
        faults.append(f"第 {line.number} 行：{'；'.join(wrong)}。")
        return None
    said = {column: row[name] for name, column in MORE_HEADS.items() if row.get(name)}
    return Wish(offices[place], role, username, said)


def _of_enterprises(usernames: Iterable[str]) -> list[str]:
    members = Member.objects.filter(user__username__in=set(usernames))
    return sorted(set(members.values_list("user__username", flat=True)))
