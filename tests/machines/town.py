"""A round with the offices, the applicants and everybody else who could touch it; and the clock."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from tests.factories.applications import Made, make_application
from tests.factories.ground import Ground, make_enterprise
from tests.reviews.office import Office, fresh

from xingyun.applications.models import Application
from xingyun.registry.actors import ANONYMOUS, Actor
from xingyun.registry.states import Role
from xingyun.reviews.states import AT_WORK

OFFICE = (Role.PREPARER, Role.REVIEWER, Role.SIGNATORY)


@dataclass
class Town:
    """The offices of `keys`, the publishing one last; one applies at the others, or at it if it is alone."""

    ground: Ground
    keys: tuple[str, ...]
    levels: tuple[str, ...]
    set_clock: Callable[[str], datetime]
    now: datetime
    applications: list[Made] = field(default_factory=list)
    _offices: dict[str, Office] = field(default_factory=dict)
    _looked_up: set[tuple[int, int]] = field(default_factory=set)

    @property
    def top(self) -> str:
        """The office that publishes."""
        return self.keys[-1]

    @property
    def doors(self) -> tuple[str, ...]:
        """The offices at which one applies."""
        return self.keys[:-1] or self.keys

    @cached_property
    def officials(self) -> list[Actor]:
        """Everybody with a seat: those who work, finance, somebody who only reads, the auditor."""
        work = [self.ground.actor(key, role) for key in self.keys for role in OFFICE]
        others = [self.ground.actor(key, Role.COUNTERSIGNER) for key in self.keys]
        others.append(self.ground.actor(self.keys[0], Role.READER))
        others.append(self.ground.actor(self.top, Role.AUDITOR))
        return [*work, *others]

    @cached_property
    def stranger(self) -> Actor:
        """Somebody of another enterprise, which applies for nothing."""
        return make_enterprise(self.ground, self.doors[0])[1]

    @cached_property
    def typed(self) -> str:
        """A field of the form in which anything may be written."""
        fields = self.ground.book.form.fields
        return next((field.key for field in fields if field.kind == "long_text"), fields[0].key)

    def forget(self) -> None:
        """What was played is undone: nobody applies, no office has met."""
        self.applications.clear()
        self._offices.clear()
        self._looked_up.clear()

    @property
    def people(self) -> list[Actor]:
        """Everybody there is, nobody at all among them."""
        return [*self.officials, *(made.actor for made in self.applications), self.stranger, ANONYMOUS]

    def office(self, key: str) -> Office:
        """An office with its people, now."""
        office = self._offices.setdefault(key, Office(self.ground, key, self.now))
        office.now = self.now
        return office

    def begin(self, key: str, level: str) -> Made:
        """Another application, filled in, not handed in."""
        made = make_application(self.ground, level=level, authority=key, now=self.now)
        self.applications.append(made)
        return made

    def wait(self, span: timedelta) -> None:
        """Let time pass."""
        self.now = self.set_clock((self.now + span).isoformat())

    def fresh(self, made: Made) -> Application:
        """The application as it is."""
        return fresh(made)

    def look_up(self) -> None:
        """Whatever an office has in hand is looked up in the lists that are its own; nothing is found."""
        known = {made.application.pk: made for made in self.applications}
        at_work = Application.objects.filter(pk__in=known, state__in=AT_WORK).select_related("holder")
        for application in at_work.order_by("pk"):
            if (application.pk, application.holder_id) not in self._looked_up:
                self._looked_up.add((application.pk, application.holder_id))
                self.office(application.holder.key).clear(known[application.pk])

    def among(self, *states: str) -> list[Made]:
        """The applications in one of these states."""
        known = {made.application.pk: made for made in self.applications}
        found = Application.objects.filter(pk__in=known, state__in=states).order_by("pk")
        return [known[pk] for pk in found.values_list("pk", flat=True)]
