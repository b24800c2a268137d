"""The rows of an exported list, batch after batch by key, so that a long one needs no more memory."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from xingyun.applications import queries as applications
from xingyun.applications.models import Application, Submission
from xingyun.applications.queries import Filters
from xingyun.documents.tables import Value
from xingyun.evidence.queries import open_counts
from xingyun.lists.queries.columns import Known, Source
from xingyun.registry.actors import Actor
from xingyun.reviews.queries import points_of, standings
from xingyun.reviews.queries.sheets import result_words
from xingyun.reviews.queries.standing import with_relations

BATCH = 2_000
Raw = tuple[Any, ...]


def count(actor: Actor, filters: Filters) -> int:
    """How many rows the list has now."""
    return applications.matching(actor, filters).order_by().count()


def rows(
    actor: Actor, filters: Filters, columns: Sequence[Known], each: Callable[[int], None]
) -> Iterator[Sequence[Value]]:
    """The rows in the order of the queue; `each` is told after every batch how many there were so far.

    Every batch costs one query and one more (decisions: three) for each kind of column that other rooms tell.
    """
    places, paths = _places(columns)
    done = 0
    for batch in applications.batches(actor, replace(filters, size=BATCH), paths):
        yield from _told(batch, columns, places)
        done += len(batch)
        each(done)


def _places(columns: Sequence[Known]) -> tuple[list[int], list[str]]:
    """Where each column's value stands in a row, and what is asked for: two are there anyway, at the end."""
    there = {"submitted_at": -2, "pk": -1}
    asked = ["pk" if one.source == "contact" else one.path for one in columns]
    paths = list(dict.fromkeys(path for path in asked if path not in there))
    return [there[path] if path in there else paths.index(path) for path in asked], paths


def _told(batch: Sequence[Raw], columns: Sequence[Known], places: Sequence[int]) -> Iterator[Sequence[Value]]:
    """The batch with every value as it is written; column by column, which is quicker than row by row."""
    if not batch:
        return
    there = list(zip(*batch, strict=True))
    handed_in = _answers(batch) if any(one.source == "contact" for one in columns) else {}
    told: list[Iterable[Value]] = []
    for one, place in zip(columns, places, strict=True):
        values = there[place]
        if one.source == "contact":
            told.append([handed_in.get(pk, {}).get(one.path, "") for pk in values])
        elif one.source != "table":
            told.append(map(_SAID[one.source](batch, place).get, values))
        else:
            told.append(values if one.tell is None else map(one.tell, values))
    yield from zip(*told, strict=True)


def _answers(batch: Sequence[Raw]) -> Mapping[int, Mapping[str, str]]:
    """What was typed into the form, as it was handed in last; what is being mended is not an office's."""
    ids = [raw[-1] for raw in batch]
    told = Submission.objects.filter(application__in=ids).order_by("version")
    return dict(told.values_list("application_id", "facts__answers"))


def _points(batch: Sequence[Raw], _at: int) -> Mapping[int, Value]:
    return points_of(Application(pk=raw[-1]) for raw in batch)


def _doubts(batch: Sequence[Raw], at: int) -> Mapping[int, Value]:
    return open_counts([raw[at] for raw in batch])


def _results(batch: Sequence[Raw], _at: int) -> Mapping[int, Value]:
    known = with_relations(Application.objects.filter(pk__in=[raw[-1] for raw in batch]))
    return {pk: result_words(standing) for pk, standing in standings(known).items()}


_SAID: dict[Source, Callable[[Sequence[Raw], int], Mapping[int, Value]]] = {
    "points": _points,
    "doubts": _doubts,
    "results": _results,
}
