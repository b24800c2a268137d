"""Whether circumstances can ever be given, whatever an applicant chooses."""

from collections.abc import Iterator

from xingyun.rulebook.checks.ladders import admits, below, models
from xingyun.rulebook.schema.document import Document
from xingyun.rulebook.schema.form import Field
from xingyun.rulebook.schema.levels import Level
from xingyun.rulebook.schema.shared import When


def can_hold(doc: Document, when: When) -> bool:
    """Whether some level, some deployment models and some answers give all that is named together."""
    whens = tuple(_with_fields(doc, when, ()))
    if not _answers_agree(doc, whens):
        return False
    return any(_fits(doc, way, chosen, whens) for way in _ways(doc) for chosen in _choices(doc))


def _ways(doc: Document) -> Iterator[tuple[Level, ...]]:
    """The levels that may be aimed at together, given all titles that somebody may hold already."""
    for level in doc.levels:
        whole = below(doc, level)
        yield from (whole[:n] for n in range(1, len(whole) + 1))


def _with_fields(doc: Document, when: When, seen: tuple[str, ...]) -> Iterator[When]:
    """The circumstances, and those in which the fields they look at are asked at all."""
    yield when
    field = next((f for f in doc.form.fields if f.key == when.field), None)
    if field and field.when and field.key not in seen:
        yield from _with_fields(doc, field.when, (*seen, field.key))


def _answers_agree(doc: Document, whens: tuple[When, ...]) -> bool:
    """Whether no field that takes one answer would need two."""
    single = {f.key for f in doc.form.fields if f.kind == "choice"}
    wanted: dict[str, set[str]] = {}
    for when in whens:
        if when.field in single:
            wanted[when.field] = wanted.get(when.field, set(when.is_)) & set(when.is_)
    return all(wanted.values())


def _choices(doc: Document) -> Iterator[frozenset[str]]:
    """What an applicant can choose: one model where the form takes one, else all together do most."""
    field = _deployment_field(doc)
    if field is None:
        yield frozenset()
    elif field.kind == "choice":
        yield from (frozenset({d.key}) for d in doc.deployments)
    else:
        yield frozenset(d.key for d in doc.deployments)


def _deployment_field(doc: Document) -> Field | None:
    return next((f for f in doc.form.fields if f.role == "deployments"), None)


def _fits(doc: Document, way: tuple[Level, ...], chosen: frozenset[str], whens: tuple[When, ...]) -> bool:
    amount_to = models(doc, chosen)
    if any(lv.other_deployments == "obstacle" and chosen and not admits(lv, amount_to) for lv in way):
        return False
    aims = {lv.key for lv in way}
    return all(
        (not w.levels or not aims.isdisjoint(w.levels))
        and (not w.deployments or not amount_to.isdisjoint(w.deployments))
        for w in whens
    )
