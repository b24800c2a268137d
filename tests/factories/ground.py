"""A round to stand on: an edition released, authorities seated, rosters counted, windows set, the round open.

Everything goes through the actions, as it would in an office.
"""

import io
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from xingyun.accounts.actions import create_user
from xingyun.accounts.models import User
from xingyun.clock import ZONE
from xingyun.files import actions as files
from xingyun.files.models import File
from xingyun.registry import actions as registry
from xingyun.registry.actors import SYSTEM, Actor
from xingyun.registry.models import Authority, Enterprise
from xingyun.registry.queries import actor_for, members_of
from xingyun.registry.states import Role
from xingyun.rounds import actions as rounds
from xingyun.rounds.models import Round
from xingyun.rounds.queries import rulebook_of
from xingyun.rulebook import Rulebook, load_folder, uscc
from xingyun.rulebook.load import read_folder
from xingyun.rulebook.next_year import next_year

JINAN = Path(__file__).parents[2] / "rulebooks" / "jinan-2020"
INNOVATIVE = Path(__file__).parents[2] / "rulebooks" / "innovative-sme-2022"
PASSWORD = "xingyun-test-2020"
_numbers = itertools.count(1)


@dataclass
class Ground:
    """An open round with what tests ask for most. `people[(authority key, role)]` are actors."""

    round: Round
    book: Rulebook
    now: datetime
    people: dict[tuple[str, str], Actor] = field(default_factory=dict)

    def authority(self, key: str) -> Authority:
        """The authority of this key."""
        return Authority.objects.get(key=key)

    def actor(self, authority: str, role: str = Role.PREPARER) -> Actor:
        """The actor with this role in this authority, seated on first use."""
        if (authority, role) not in self.people:
            user = make_user(f"{authority}-{role}", self.now, post=f"{authority} {role}")
            registry.add_seat(
                user=user, authority=self.authority(authority), role=role, actor=SYSTEM, now=self.now
            )
            self.people[authority, role] = actor_for(user)
        return self.people[authority, role]


def make_user(username: str, now: datetime, **columns: str) -> User:
    """A user that can sign in with PASSWORD."""
    return create_user(username=username, password=PASSWORD, now=now, **columns)


def make_file(content: bytes, now: datetime) -> File:
    """A stored file of this content."""
    return files.store(source=io.BytesIO(content), now=now)


def make_ground(
    now: datetime, *, folder: Path = JINAN, rosters: Mapping[str, int] | None = None, opened: bool = True
) -> Ground:
    """Release the rulebook of `folder`, seat its top authority, count the rosters, set windows, open.

    `rosters` gives the released count of an authority by key; all others of the quotas' tiers get 1,134.
    Windows that offices set are from the day before `now` to a week after it.
    """
    ground = _planned(read_folder(folder), make_user("releaser", now), now)
    _release_counts(ground, rosters or {})
    _set_windows(ground)
    if opened:
        rounds.open_round(round=ground.round, actor=SYSTEM, now=now)
    return ground


def make_beside(first: Ground, folder: Path = INNOVATIVE) -> Ground:
    """Another programme of the same offices and people, its notice moved to the year of the first, open."""
    old, new = load_folder(folder).year, first.round.year
    texts = next_year(read_folder(folder), old, new).texts
    ground = _planned(texts, User.objects.get(username="releaser"), first.now)
    ground.people = first.people
    _set_windows(ground)
    rounds.open_round(round=ground.round, actor=SYSTEM, now=first.now + timedelta(seconds=1))
    return ground


def _planned(texts: Mapping[str, str], releaser: User, now: datetime) -> Ground:
    edition = rounds.release_edition(source=texts, contacts="", released_by=releaser, actor=SYSTEM, now=now)
    top = Authority.objects.get(parent=None)
    year = now.astimezone(ZONE).year
    round_ = rounds.plan_round(edition=edition, year=year, authority=top, actor=SYSTEM, now=now)
    return Ground(round_, rulebook_of(edition), now)


def _set_windows(ground: Ground) -> None:
    for window in ground.book.windows:
        if window.set_by is None:
            continue
        rounds.set_window(
            round=ground.round,
            authority=None,
            stage=window.key,
            opens=ground.now - timedelta(days=1),
            closes=ground.now + timedelta(days=7),
            set_by_id=User.objects.get(username="releaser").pk,
            actor=SYSTEM,
            now=ground.now,
        )


def _release_counts(ground: Ground, rosters: Mapping[str, int]) -> None:
    tiers = {quota.tier for quota in ground.book.quotas if quota.base}
    for authority in Authority.objects.filter(tier__in=tiers).select_related("parent").order_by("id"):
        registry.release_snapshot(
            authority=authority,
            year=ground.round.year,
            counted_on=ground.now.astimezone(ZONE).date(),
            count=rosters.get(authority.key, 1134),
            source="名录汇总",
            actor=ground.actor(authority.parent.key),
            now=ground.now,
        )


def make_enterprise(
    ground: Ground, authority: str, *, name: str = "", active: bool = True
) -> tuple[Enterprise, Actor]:
    """A registered (and activated) enterprise of an authority and the actor of its first person."""
    n = next(_numbers)
    enterprise = registry.register_enterprise(
        uscc=uscc.make(n, "370100"),
        name=name or f"云岫智造{n}号有限公司",
        address="工业北路 1 号",
        authority=ground.authority(authority),
        username=f"enterprise-{n}",
        password=PASSWORD,
        person="林某",
        phone="13800000000",
        email=f"e{n}@example.com",
        licence=make_file(f"licence {n}".encode(), ground.now),
        authorisation=make_file(f"authorisation {n}".encode(), ground.now),
        now=ground.now,
    )
    if active:
        registry.activate(enterprise=enterprise, actor=ground.actor(authority), now=ground.now)
    return enterprise, actor_for(User.objects.get(pk=members_of(enterprise.pk)[0]))
