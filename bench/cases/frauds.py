"""A thousand invented applications, sixty planted frauds: what is found, and what is a false alarm."""

import os
import time

from bench.forging import drafts, frauds, seeding
from bench.measure import Row
from xingyun.accounts.models import User
from xingyun.clock import now
from xingyun.demo.evidence import fonts
from xingyun.registry.models import Authority
from xingyun.rounds.models import Round

SEED = 2020
# Each application has its five files made and read: a quarter of a second of one core.
MANY = int(os.environ.get("XINGYUN_BENCH_FORGED", "1000"))


def rows() -> list[Row]:
    """One row a kind (found of planted), then the false alarms, then what an application costs."""
    assert User.objects.exists()
    round_ = Round.objects.filter(state="open").earliest("id")
    many = [drafts.draft(n, SEED) for n in range(MANY)]
    frauds.plant(many, SEED)
    begun = time.perf_counter()
    handed_in = seeding.seed(
        many, round_, Authority.objects.exclude(parent=None).earliest("id"), now(), fonts()
    )
    seeded = time.perf_counter()
    out = seeding.check(many, handed_in, now())
    checked = time.perf_counter()
    for missed in out.missed:
        print(f"missed: {missed[:400]}")
    for example in out.examples[:20]:
        print(f"false alarm: {example[:200]}")
    alarms = ", ".join(f"{key} {n}" for key, n in sorted(out.false.items())) or "none"
    return [
        *(
            _told(f"fraud: {kind}", f"{out.found[kind]} of {out.planted[kind]} found")
            for kind in frauds.KINDS
        ),
        _told(
            f"false alarms among {out.honest} honest ones",
            f"{len(out.alarmed)} applications ({alarms})",
        ),
        _each("making and reading the files of one", seeded - begun),
        _each("all checks of one among all others", checked - seeded),
    ]


def _told(name: str, note: str) -> Row:
    return Row(name, 0.0, 0.0, 0.0, note)


def _each(name: str, seconds: float) -> Row:
    taken = 1000 * seconds / MANY
    return Row(name, taken, taken, 1000 / taken, f"{MANY} applications")
