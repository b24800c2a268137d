"""The offices of a rehearsal: the edition released, people in their seats, rosters counted."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path

from django.contrib.auth.hashers import make_password

from xingyun.accounts.actions import create_user
from xingyun.accounts.models import User
from xingyun.demo import names
from xingyun.registry import actions as registry
from xingyun.registry.actors import SYSTEM, Actor
from xingyun.registry.models import Authority
from xingyun.registry.queries import actor_for
from xingyun.registry.states import Role
from xingyun.rounds import actions as rounds
from xingyun.rounds.models import Edition
from xingyun.rounds.queries import rulebook_of
from xingyun.rulebook import Rulebook, load_folder
from xingyun.rulebook.load import CONTACTS, read_folder
from xingyun.rulebook.next_year import next_year

PASSWORD = "xingyun-yanlian-2020"
# The sizes that the quota's edges hang on come first; the others are what the dice say.
COUNTS = (1134, 100, 67, 34, 402, 33)
TEAM = {
    Role.PREPARER: ("jb", "经办岗"),
    Role.REVIEWER: ("fh", "复核岗"),
    Role.SIGNATORY: ("qf", "签发岗"),
    Role.COUNTERSIGNER: ("cz", "财政会签岗"),
    Role.READER: ("cy", "查阅岗"),
    Role.EXPERT: ("zj", "评审专家"),
    Role.AUDITOR: ("sj", "审计岗"),
    Role.ADMIN: ("gl", "系统管理岗"),
}
AT_THE_TOP = frozenset({Role.READER, Role.EXPERT, Role.AUDITOR, Role.ADMIN})


@dataclass
class Offices:
    """An edition with its people; `people[(authority key, role)]` are actors."""

    edition: Edition
    book: Rulebook
    top: Authority
    releaser: User
    people: dict[tuple[str, str], Actor] = field(default_factory=dict)

    def actor(self, authority: Authority, role: str = Role.PREPARER) -> Actor:
        """Who holds this role in this authority."""
        return self.people[authority.key, role]

    @property
    def entry(self) -> list[Authority]:
        """The authorities to which enterprises apply: those of the lowest tier, in the edition's order."""
        return list(Authority.objects.filter(tier=self.book.tiers[0].key).order_by("id"))


@cache
def encoded() -> str:
    """The one password of the rehearsal, hashed once: a hundred accounts would take half a minute."""
    return make_password(PASSWORD)


def set_up(folder: Path, now: datetime) -> Offices:
    """Release the rulebook of `folder` and seat a team in every authority it names."""
    releaser = create_user(
        username="release", password=PASSWORD, encoded=encoded(), now=now, post="系统初始化"
    )
    edition = _release(folder, read_folder(folder), releaser, now)
    top = Authority.objects.get(parent=None)
    offices = Offices(edition, rulebook_of(edition), top, releaser)
    for authority in Authority.objects.order_by("id"):
        _seat_team(offices, authority, now)
    return offices


def set_up_beside(first: Offices, folder: Path, year: int, now: datetime) -> Offices:
    """Release another programme's rulebook for the same offices and people.

    A notice of another year is moved to `year`, as next year's is begun: the rehearsal has one time only.
    """
    texts, old = read_folder(folder), load_folder(folder).year
    if old != year:
        moved = next_year(texts, old, year).texts
        texts = {name: text.replace(f"〔{old}〕", f"〔{year}〕") for name, text in moved.items()}
    edition = _release(folder, texts, first.releaser, now)
    return replace(first, edition=edition, book=rulebook_of(edition))


def _release(folder: Path, texts: Mapping[str, str], releaser: User, now: datetime) -> Edition:
    contacts = folder / CONTACTS
    return rounds.release_edition(
        source=texts,
        contacts=contacts.read_text("utf-8") if contacts.exists() else "",
        released_by=releaser,
        actor=SYSTEM,
        now=now,
    )


def _seat_team(offices: Offices, authority: Authority, now: datetime) -> None:
    for role, (suffix, post) in TEAM.items():
        if role in AT_THE_TOP and authority.parent_id is not None:
            continue
        user = create_user(
            username=f"{authority.key}-{suffix}",
            password=PASSWORD,
            encoded=encoded(),
            now=now,
            post=f"{authority.name}{post}",
            email=f"{authority.key}-{suffix}@example.com",
        )
        registry.add_seat(user=user, authority=authority, role=role, actor=SYSTEM, now=now)
        offices.people[authority.key, role] = actor_for(user)


def count_rosters(offices: Offices, year: int, counted_on: date, now: datetime) -> None:
    """Import an invented roster for every authority with a quota on it, and release its count from above."""
    tiers = {quota.tier for quota in offices.book.quotas if quota.base}
    first, dice = 0, random.Random(year)
    for n, authority in enumerate(
        Authority.objects.filter(tier__in=tiers).select_related("parent").order_by("id")
    ):
        count = COUNTS[n] if n < len(COUNTS) else dice.randrange(120, 700)
        registry.import_roster(
            authority=authority,
            rows=names.roster(count, authority.name.rstrip("区县"), _division(offices, authority), first),
            listed_on=counted_on,
            actor=offices.actor(authority),
            now=now,
        )
        first += count
        assert authority.parent is not None  # a quota binds an office that has one above it
        registry.release_snapshot(
            authority=authority,
            year=year,
            counted_on=counted_on,
            actor=offices.actor(authority.parent),
            now=now,
        )


def _division(offices: Offices, authority: Authority) -> str:
    return authority.code or offices.top.code or "000000"
