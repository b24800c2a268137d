"""Filling an empty system with a rehearsal, and saying who may sign in to it."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from pathlib import Path

from django.conf import settings

from xingyun.accounts.models import User
from xingyun.clock import ZONE, calendar_day
from xingyun.clock.actions import anchor
from xingyun.demo import applying, stories
from xingyun.demo import offices as offices_
from xingyun.demo.offices import PASSWORD, Offices
from xingyun.registry.models import Enterprise, Member, Membership
from xingyun.registry.states import EnterpriseState, Role
from xingyun.results import actions as results
from xingyun.rounds.queries import rounds
from xingyun.rulebook import load_folder

PILOT_DAYS_BEFORE = 70


def is_empty() -> bool:
    """Whether nobody is here yet."""
    return not User.objects.exists()


def default_rulebooks(year: int) -> list[Path]:
    """The folders of rulebooks: first the one of that year (else the last by name), the others beside it.

    None where the setting's folder is not there or holds none.
    """
    if not settings.RULEBOOKS.is_dir():
        return []
    known = sorted(p for p in settings.RULEBOOKS.iterdir() if p.is_dir())
    if not known:
        return []
    first = next((p for p in known if load_folder(p).year == year), known[-1])
    return [first, *(p for p in known if p != first)]


def fill(*, folders: Sequence[Path], at: datetime, bare: bool, say: stories.Say) -> None:
    """Fill an empty system, which lives at `at` from now on; the programmes of `folders` run side by side."""
    anchor(at=at)
    begun = _morning(at - timedelta(days=PILOT_DAYS_BEFORE))
    offices = offices_.set_up(folders[0], begun)
    say("名录与基数")
    offices_.count_rosters(offices, at.astimezone(ZONE).year, stories.counted_on(begun), begun)
    year = at.astimezone(ZONE).year
    if not bare:
        say("试点批次")
        round_ = stories.plan(offices, year, begun, begun + timedelta(days=11), begun)
        teller = stories.Teller(offices, round_, say)
        stories.pilot(teller, begun + timedelta(hours=1))
    opens = _morning(at - timedelta(days=12))
    current = stories.plan(
        offices, year, _midnight(at - timedelta(days=3)), _midnight(at + timedelta(days=6)), opens
    )
    if not bare:
        say("当前批次")
        second = stories.Teller(offices, current, say, next_number=teller.next_number)
        stories.current(second, _morning(at - timedelta(days=3)), at)
    for folder in folders[1:]:
        _beside(offices, folder, at, bare, say)
    # The job that counts comes after the reading of all files; whoever looks around wants figures at once.
    for counted in rounds():
        results.count_statistics(round=counted, now=at)


def _beside(first: Offices, folder: Path, at: datetime, bare: bool, say: stories.Say) -> None:
    """Another programme with its open round and, unless `bare`, a few applications."""
    begun, year = _morning(at - timedelta(days=11)), at.astimezone(ZONE).year
    offices = offices_.set_up_beside(first, folder, year, begun)
    opens, closes = _midnight(at - timedelta(days=3)), _midnight(at + timedelta(days=12))
    round_ = stories.plan(offices, year, opens, closes, begun)
    if bare:
        return
    say(offices.book.programme.award)
    people = Enterprise.objects.filter(state=EnterpriseState.ACTIVE).order_by("id")
    neighbour = applying.known(people[len(people) // 2])
    teller = stories.Teller(offices, round_, say, next_number=Enterprise.objects.count())
    stories.beside(teller, neighbour, _morning(at - timedelta(days=3)), at)


def _morning(moment: datetime) -> datetime:
    return datetime.combine(calendar_day(moment), time(9), ZONE)


def _midnight(moment: datetime) -> datetime:
    return datetime.combine(calendar_day(moment), time(0), ZONE)


def accounts_in_words() -> str:
    """The accounts of the rehearsal, one for each role, and their password."""
    seats = Membership.objects.select_related("user", "authority").order_by("authority_id", "id")
    seen: dict[str, list[str]] = {}
    for seat in seats:
        seen.setdefault(seat.authority.name, []).append(f"{seat.user.username}（{Role(seat.role).label}）")
    people = Member.objects.select_related("user", "enterprise").order_by("id")[:6]
    lines = ["", f"演练账号，密码都是 {PASSWORD}", ""]
    lines += [f"  {name}：{'，'.join(users)}" for name, users in list(seen.items())[:3]]
    lines += [f"  其余 {len(seen) - 3} 个单位同样，账号以单位拼音开头"] if len(seen) > 3 else []
    lines += [f"  企业 {p.enterprise.name}：{p.user.username}" for p in people]
    return "\n".join([*lines, "", f"  {settings.BASE_URL}/", ""])
