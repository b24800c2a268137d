"""Filling an empty system with a rehearsal, and saying who may sign in to it."""

from datetime import datetime, time, timedelta
from pathlib import Path

from django.conf import settings

from xingyun.accounts.models import User
from xingyun.clock import ZONE
from xingyun.clock.actions import anchor
from xingyun.demo import offices as offices_
from xingyun.demo import stories
from xingyun.demo.offices import PASSWORD
from xingyun.registry.models import Member, Membership
from xingyun.registry.states import Role

PILOT_DAYS_BEFORE = 70


def is_empty() -> bool:
    """Whether nobody is here yet."""
    return not User.objects.exists()


def default_rulebook() -> Path:
    """The newest rulebook in the folder of rulebooks."""
    return sorted(p for p in settings.RULEBOOKS.iterdir() if p.is_dir())[-1]


def fill(*, folder: Path, at: datetime, bare: bool, say: stories.Say) -> None:
    """Fill an empty system: it lives at `at` from now on."""
    anchor(at=at)
    begun = _morning(at - timedelta(days=PILOT_DAYS_BEFORE))
    offices = offices_.set_up(folder, begun)
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


def _morning(moment: datetime) -> datetime:
    return datetime.combine(moment.astimezone(ZONE).date(), time(9), ZONE)


def _midnight(moment: datetime) -> datetime:
    return datetime.combine(moment.astimezone(ZONE).date(), time(0), ZONE)


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
