"""Rounds with numbers in them, straight into the tables."""

from collections.abc import Iterable
from datetime import timedelta

from tests.factories.ground import Ground, make_file
from tests.reviews.crowd import crowd

from xingyun.applications.models import Application, StateChange
from xingyun.applications.states import State
from xingyun.evidence.models import Contract
from xingyun.papers.models import Paper
from xingyun.registry.models import Title
from xingyun.results.models import Announcement, Award, Notice


def spending(
    ground: Ground, key: str, level: str, wan: Iterable[int], **columns: object
) -> list[Application]:
    """Awarded applications of an authority that spend so many 万元 each."""
    sums = list(wan)
    made = crowd(ground, key, len(sums), state=State.AWARDED, level=level)
    for application, n in zip(made, sums, strict=True):
        values = {"spend_fen": n * 1_000_000, "deployments": "public", "industry": "3911", **columns}
        Application.objects.filter(pk=application.pk).update(**values)
    return made


def steps(application: Application, *hours: int) -> None:
    """Draft, submitted, accepted …: after so many hours in each state."""
    way = (State.DRAFT, State.SUBMITTED, State.ACCEPTED, State.REPORTED, State.EVALUATING)
    at, before = application.created_at, ""
    for seq, state in enumerate(way[: len(hours) + 1], 1):
        StateChange.objects.create(
            application=application, seq=seq, source=before, target=state, act="test", actor="user:1",
            label="", at=at, entry_hash="",
        )  # fmt: skip
        before = state
        at += timedelta(hours=hours[seq - 1]) if seq <= len(hours) else timedelta()


def contract(application: Application, seller: str, wan: int) -> None:
    """A contract of this application's ledger."""
    Contract.objects.create(
        dossier=application.dossier, number=f"{seller}-{wan}", title="云服务", seller=seller,
        signed_on=application.created_at.date(), amount_fen=wan * 1_000_000, deployment="public",
        says_cloud=True, created_at=application.created_at,
    )  # fmt: skip


def announced(ground: Ground, applications: Iterable[Application]) -> Announcement:
    """An announcement that gives each the title of the level it applied for."""
    seq = Notice.objects.filter(round=ground.round).count() + 1
    person = ground.actor("city").user_id
    given = {"published_by_id": person, "published_at": ground.now, "paper": _paper(ground, f"n{seq}")}
    notice = Notice.objects.create(
        round=ground.round, authority=ground.authority("city"), seq=seq, opens=ground.now,
        closes=ground.now + timedelta(days=5), **given,
    )  # fmt: skip
    made = Announcement.objects.create(
        notice=notice, paper=_paper(ground, f"a{seq}"), announced_by_id=person, announced_at=ground.now
    )
    for application in applications:
        title = Title.objects.create(
            enterprise=application.enterprise, programme=ground.book.key, level=application.level, rank=3,
            year=ground.round.year, valid_from=ground.now.date(), serial=f"T-{application.pk}",
        )  # fmt: skip
        Award.objects.create(application=application, title=title, announcement=made)
    return made


def _paper(ground: Ground, name: str) -> Paper:
    return Paper.objects.create(
        kind="notice", about=name, file=make_file(name.encode(), ground.now), template_digest="",
        edition_digest="", issued_at=ground.now,
    )  # fmt: skip
