"""Which kinds of work there are. Kinds are found in the `jobs` module of every installed room."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from xingyun.jobs.run import Run

Work = Callable[[Run], None]


class JobError(Exception):
    """Work that can't succeed by trying again; the message is shown to its owner."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of work. `lease` seconds may pass between two signs of life; `every` seconds it repeats.

    `patient` work, which nobody sits and waits for, is begun only when no other is due.
    """

    name: str
    work: Work
    lease: int
    max_attempts: int
    every: int | None = None
    patient: bool = False


KINDS: dict[str, Kind] = {}


def job(
    name: str, *, lease: int = 60, max_attempts: int = 3, patient: bool = False
) -> Callable[[Work], Work]:
    """Declare how a kind of work is done. It must be safe to do twice."""

    def declare(work: Work) -> Work:
        _add(Kind(name, work, lease, max_attempts, patient=patient))
        return work

    return declare


def periodic(name: str, *, every: int, lease: int = 60, patient: bool = False) -> Callable[[Work], Work]:
    """Declare work that repeats every so many seconds, done by one worker at a time."""

    def declare(work: Work) -> Work:
        _add(Kind(name, work, lease, max_attempts=1, every=every, patient=patient))
        return work

    return declare


def discover() -> dict[str, Kind]:
    """Every kind that the installed rooms declare."""
    for room in apps.get_app_configs():
        if find_spec(f"{room.name}.jobs") is not None:
            import_module(f"{room.name}.jobs")
    return KINDS


def urgent() -> dict[str, Kind]:
    """Every kind but the patient ones."""
    return {name: kind for name, kind in discover().items() if not kind.patient}


def _add(kind: Kind) -> None:
    if kind.name in KINDS:
        raise ValueError(f"two kinds of work are named {kind.name}")
    KINDS[kind.name] = kind
