"""The record of every act: append-only chains, signed checkpoints, and their verification."""

from dataclasses import dataclass
from typing import Protocol


class Acting(Protocol):
    """Whoever acts: an id that never changes ("user:17") and a label that is no personal data."""

    @property
    def id(self) -> str:
        """The actor's id."""

    @property
    def label(self) -> str:
        """How the actor is called in the record."""


@dataclass(frozen=True, slots=True)
class Named:
    """An actor that is no person: the system, a command."""

    id: str
    label: str


SYSTEM = Named("system", "系统")
