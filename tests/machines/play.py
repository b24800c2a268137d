"""One act after another, and what must hold after each of them, whoever tried it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from tests.factories.applications import Made
from tests.machines import holding
from tests.machines.acts import ACTS, Act
from tests.machines.rows import Rows, changed, rows
from tests.machines.tables import BEGIN, TABLES, Edge
from tests.machines.town import Town

from xingyun.audit.errors import Refused
from xingyun.audit.models import Entry
from xingyun.registry.actors import Actor


def said(thing: Any) -> str:
    """A thing as a failed play names it."""
    return thing.application.number if isinstance(thing, Made) else str(thing)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is played in here has not happened afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@dataclass
class Play:
    """`seen` are the edges that were taken, by table; `kept` the record's entries of acts that were done."""

    town: Town
    seen: dict[str, set[Edge]] = field(default_factory=lambda: {table: set() for table in TABLES})
    kept: list[tuple[str, int, str]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    refused: int = 0

    def __post_init__(self) -> None:
        self.settle()

    def settle(self) -> None:
        """What is there now was put there by no act of the play."""
        self.rows: Rows = rows()
        self.states = holding.states()

    def do(self, name: str, actor: Actor, thing: Any, **way: Any) -> Refused | None:
        """Try an act; the refusal, if it is refused. Raises AssertionError where something does not hold."""
        act, town = ACTS[name], self.town
        if act.ready:
            act.ready(town, thing)
            self.settle()
        right, record = act.may(town, thing)(actor), act.record(town, thing, **way)
        self.told.append(
            f"{town.now:%m-%d %H:%M} {actor.label or 'nobody'}: {name} {said(thing)} {way or ''}"
        )
        refused = None
        try:
            act.do(town, thing, actor, **way)
        except Refused as error:
            refused = error
        if refused is not None:
            self.told.append(f"    refused: {refused.message}")
            self.refused += 1
            differences = changed(self.rows, rows())
            assert not differences, [*self.told, *differences]
            return refused
        assert right, ["somebody without the right did it", *self.told]
        self._done(record, actor)
        return None

    def must(self, name: str, actor: Actor, thing: Any, **way: Any) -> None:
        """Do an act that nothing stands in the way of."""
        refused = self.do(name, actor, thing, **way)
        assert refused is None, [refused and refused.message, *self.told]

    def right(self, act: Act, thing: Any) -> list[Actor]:
        """Who may do it."""
        may = act.may(self.town, thing)
        return [actor for actor in self.town.people if may(actor)]

    def end(self) -> None:
        """Every act that was acknowledged is in the record, once."""
        found = list(Entry.objects.order_by("pk").values_list("stream__name", "seq", "hash"))
        for one in self.kept:
            assert found.count(one) == 1, [one, *self.told]

    def _done(self, record: str, actor: Actor) -> None:
        new = self._entries()
        own = [entry for entry in new if entry.act == record]
        assert len(own) == (1 if record else 0), [record, [entry.act for entry in new], *self.told]
        self.kept += [(entry.stream.name, entry.seq, entry.hash) for entry in own]
        # Who objects stays out of the record.
        assert all(entry.actor == actor.id for entry in own if record != "objection.received"), self.told
        self._edges()
        holding.everything(self.told)
        self.town.look_up()
        self.settle()

    def _entries(self) -> list[Entry]:
        known = self.rows["audit.Entry"]
        found = Entry.objects.select_related("stream").order_by("stream_id", "seq")
        return [entry for entry in found if entry.pk not in known]

    def _edges(self) -> None:
        """What moved went along an edge of its table; what is new is at its beginning."""
        for table, now in holding.states().items():
            then = self.states[table]
            for pk, state in now.items():
                if pk not in then:
                    assert state in BEGIN[table], [table, state, *self.told]
                elif state != then[pk]:
                    assert (then[pk], state) in TABLES[table], [table, then[pk], state, *self.told]
                    self.seen[table].add((then[pk], state))
            assert set(then) <= set(now), [table, "vanished", *self.told]
