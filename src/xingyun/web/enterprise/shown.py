"""The fields of the edition as the page shows them: one table from the rulebook's field to `Shown`."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from xingyun.applications.actions import FieldConflict
from xingyun.applications.queries import Workspace
from xingyun.rulebook import Rulebook
from xingyun.rulebook.schema.form import Field
from xingyun.rulebook.schema.shared import Option
from xingyun.web.fields import Choice, Shown
from xingyun.web.wording import english, tell

CLOUDS = frozenset({"public", "private", "hybrid"})


def section_fields(
    work: Workspace, section: str, conflicts: Mapping[str, FieldConflict] | None = None
) -> list[Shown]:
    """The fields of a section with what was typed into them; in a conflict, with what this person typed."""
    fields = work.rulebook.form.in_section(section)
    return [shown(work, field, (conflicts or {}).get(field.key)) for field in fields]


def shown(work: Workspace, field: Field, conflict: FieldConflict | None = None) -> Shown:
    """One field."""
    error = work.errors.get(field.key)
    return Shown(
        key=field.key,
        kind=field.kind,
        label=tell(field.name),
        value=conflict.mine if conflict else work.answers.get(field.key, ""),
        error=tell(error.words) if error and not conflict else "",
        # Whoever saves after a conflict has seen the other text, which stands beside the field.
        digest=conflict.digest if conflict else work.digests[field.key],
        required=field.required,
        locked=not work.may_change(f"form:{field.key}"),
        hint=tell(field.hint),
        clauses=_clauses(work.rulebook, field),
        edition=work.rulebook.digest,
        max_chars=field.max_chars if field.kind == "long_text" else None,
        unit=_unit(field),
        choices=tuple(choices(work.rulebook, field)),
        placeholder=field.placeholder,
        autocomplete=field.autocomplete,
    )


def _unit(field: Field) -> str:
    """What stands behind the box; a percentage has its sign there."""
    written = field.unit_en if english() else field.unit
    return written or ("%" if field.kind == "percent" else "")


def _clauses(book: Rulebook, field: Field) -> tuple[str, ...]:
    """Clauses that say more than that the form has this field."""
    return tuple(ref for ref in field.clause if ref != book.form.clause)


def choices(book: Rulebook, field: Field) -> Iterable[Choice]:
    """The answers to choose from; levels with their stars, deployment models with their cloud."""
    for option in field.options:
        label, note = tell(option.name), _help(option)
        if field.options_from == "levels":
            yield Choice(
                option.key, label, note or _decided(book, option.key), rank=book.level(option.key).rank
            )
        elif field.options_from == "deployments" and option.key in CLOUDS:
            yield Choice(option.key, label, note, sign=f"cloud-{option.key}")
        else:
            yield Choice(option.key, label, note)


def _help(option: Option) -> str:
    return option.help_en if english() else option.help


def _decided(book: Rulebook, key: str) -> str:
    """Who recommends and who decides a level."""
    level = book.level(key)
    acts = [_("%(tier)s推荐") % {"tier": tell(book.tier(tier).name)} for tier in level.recommended_by]
    acts.append(_("%(tier)s评定") % {"tier": tell(book.tier(level.decided_by).name)})
    return "，".join(acts) if not english() else ", ".join(acts)
