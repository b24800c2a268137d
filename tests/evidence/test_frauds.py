"""A small edition of the planted frauds: one of each kind among honest ones, files and readers real."""

from datetime import datetime
from itertools import count

import pytest
from bench.forging import drafts, frauds, seeding
from tests.factories.ground import make_ground

from xingyun.demo.evidence import fonts

pytestmark = pytest.mark.django_db
ENOUGH = 2 * len(frauds.KINDS) + 4


def test_every_kind_is_found_and_nothing_honest_is_named(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    ground = make_ground(now)
    many = [drafts.draft(n, 7) for n in range(ENOUGH)]
    # A guise each, in turn; the benchmark plants all four of every kind.
    turns = count()
    in_turn = {
        kind: (expected, lambda one, other, _n, dice, act=act: act(one, other, next(turns) % 4, dice))
        for kind, (expected, act) in frauds.KINDS.items()
    }
    monkeypatch.setattr(frauds, "KINDS", in_turn)
    frauds.plant(many, 7, each=1)
    handed_in = seeding.seed(many, ground.round, ground.authority("licheng"), now, fonts())
    out = seeding.check(many, handed_in, now)
    assert out.missed == []
    assert sum(out.found.values()) == len(frauds.KINDS)
    assert out.examples == []
    assert out.honest >= 4


def test_the_same_seed_gives_the_same_drafts() -> None:
    assert drafts.draft(3, 7) == drafts.draft(3, 7)
    assert drafts.draft(3, 7) != drafts.draft(3, 8)
