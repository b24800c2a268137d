"""What is there before the round begins: `python -m tests.rehearsal.round.ground`, a Wanted as JSON on stdin.

Offices with their people, rosters, the open round, and enterprises that have an account and nothing else.
"""

import io
import json
import sys
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

import django

if __name__ == "__main__":
    django.setup()

from django.conf import settings
from django.core.management import call_command
from django.test import override_settings
from tests.factories.mixed_papers import paper

from xingyun.accounts.models import User
from xingyun.clock import ZONE
from xingyun.clock.actions import anchor
from xingyun.demo import names
from xingyun.demo import offices as offices_
from xingyun.demo.offices import COUNTS, PASSWORD, Offices
from xingyun.files import actions as files
from xingyun.files.models import File
from xingyun.papers import actions as papers
from xingyun.registry import actions as registry
from xingyun.registry.models import Authority
from xingyun.rounds import actions as rounds

# Nobody has signed in yet: a hash that resists guessing comes in one go at the end.
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@dataclass(frozen=True)
class Wanted:
    """Times as typed, in Shanghai; `enterprises` are number and district; `numbered` number papers here."""

    rulebook: str
    at: str
    opens: str
    closes: str
    roster: int
    enterprises: tuple[tuple[int, str], ...]
    numbered: tuple[str, ...]

    def told(self) -> str:
        """As JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def read(cls, text: str) -> Self:
        """From JSON."""
        return cls(**json.loads(text))


def make(wanted: Wanted) -> None:
    """Everything, by the same acts that people would use."""
    call_command("migrate", verbosity=0, interactive=False)
    at = moment(wanted.at)
    anchor(at=at)
    begun = at - timedelta(days=70)
    offices = offices_.set_up(Path(wanted.rulebook), begun)
    list_rosters(offices, wanted.roster, begun)
    open_round(offices, moment(wanted.opens), moment(wanted.closes), at - timedelta(days=12))
    for key in wanted.numbered:
        office = Authority.objects.get(key=key)
        papers.number_here(
            authority=office, prefix=f"{office.name}云", after=0, actor=offices.actor(office), now=begun
        )
    with override_settings(PASSWORD_HASHERS=QUICK):
        for n, district in wanted.enterprises:
            enrol(offices, n, Authority.objects.get(key=district), begun)
    User.objects.filter(password__startswith="md5$").update(password=offices_.encoded())


def moment(text: str) -> datetime:
    """A time in Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def list_rosters(offices: Offices, total: int, now: datetime) -> None:
    """Rosters of `total` names: the first ones as in every rehearsal, the others share the rest."""
    tiers = {quota.tier for quota in offices.book.quotas if quota.base}
    lists = list(Authority.objects.filter(tier__in=tiers).select_related("parent").order_by("id"))
    edges = list(COUNTS[: len(lists)])
    others = len(lists) - len(edges)
    each, more = divmod(max(0, total - sum(edges)), others) if others else (0, 0)
    first = 0
    for n, authority in enumerate(lists):
        count = edges[n] if n < len(edges) else each + (n - len(edges) < more)
        division = authority.code or offices.top.code or "000000"
        rows = names.roster(count, authority.name.rstrip("区县"), division, first)
        actor, day = offices.actor(authority), now.astimezone(ZONE).date()
        registry.import_roster(authority=authority, rows=rows, listed_on=day, actor=actor, now=now)
        first += count
        assert authority.parent is not None  # a quota binds an office that has one above it
        registry.release_snapshot(
            authority=authority,
            year=now.astimezone(ZONE).year,
            counted_on=day,
            actor=offices.actor(authority.parent),
            now=now,
        )


def open_round(offices: Offices, opens: datetime, closes: datetime, now: datetime) -> None:
    """The same window for all: the last minute is everybody's."""
    actor = offices.actor(offices.top)
    planned = rounds.plan_round(
        edition=offices.edition,
        year=now.astimezone(ZONE).year,
        authority=offices.top,
        actor=actor,
        now=now,
    )
    for authority in offices.entry:
        for window in offices.book.windows:
            rounds.set_window(
                round=planned,
                authority=authority,
                stage=window.key,
                opens=opens,
                closes=closes,
                set_by_id=offices.actor(authority).person,
                actor=offices.actor(authority),
                now=now,
            )
    rounds.open_round(round=planned, actor=actor, now=now)


def enrol(offices: Offices, n: int, authority: Authority, now: datetime) -> None:
    """The n-th enterprise, as tests.rehearsal.enterprises knows it, registered and activated."""
    who = names.applicant(n, "", "370100")
    enterprise = registry.register_enterprise(
        uscc=who.uscc,
        name=who.name,
        address=f"{authority.name}工业北路 {n} 号",
        authority=authority,
        username=f"qiye{n:03d}",
        password=PASSWORD,
        person=who.person,
        phone=who.phone,
        email=f"qiye{n:03d}@example.com",
        licence=kept(f"LICENCE-{n}-{who.uscc}", now),
        authorisation=kept(f"LETTER-{n}-{who.uscc}", now),
        now=now,
    )
    registry.activate(enterprise=enterprise, actor=offices.actor(authority), now=now + timedelta(hours=1))


def kept(word: str, now: datetime) -> File:
    """A page with this word, stored."""
    source = io.BytesIO(paper([word], "a4", 0, 0))
    return files.store(source=source, now=now, kind="application/pdf", pages=1)


if __name__ == "__main__":
    assert settings.REHEARSAL, "invented data is for rehearsals"
    make(Wanted.read(sys.stdin.read()))
