"""What is chosen for an export: the list, its columns, the kind of file, the office for which it is made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from xingyun.audit.errors import NotAllowed
from xingyun.lists.permissions import READING, works_with_contacts
from xingyun.lists.queries import USUAL, Choice, Known, chosen, known
from xingyun.lists.states import Form
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority
from xingyun.rounds.models import Round
from xingyun.rounds.queries import rulebook_of
from xingyun.web.context import LIST
from xingyun.web.officials.offices import offices


@dataclass(frozen=True, slots=True)
class Asked:
    """The form as it was sent, or as it begins."""

    choice: Choice
    columns: Sequence[str] = USUAL
    form: Form = Form.XLSX
    reason: str = ""
    shared: bool = False
    office: str = ""
    keep: str = ""


def begun(asked: QueryDict) -> Asked:
    """The form for the list that an address names."""
    return Asked(chosen(asked.get("list", "")[:LIST]))


def sent(typed: QueryDict) -> Asked:
    """What was sent; an unknown kind of file is Excel."""
    form = typed.get("form", "")
    return Asked(
        choice=chosen(typed.get("list", "")[:LIST]),
        columns=typed.getlist("column"),
        form=Form(form) if form in Form.values else Form.XLSX,
        reason=typed.get("reason", ""),
        shared=typed.get("shared", "") == "yes",
        office=typed.get("office", ""),
        keep=typed.get("keep", "").strip(),
    )


def office_of(actor: Actor, key: str) -> Authority:
    """The office of this key in which the person reads the queue, or its first one. Raises NotAllowed."""
    found = next((one for one in reads_in(actor) if not key or one.key == key), None)
    if found is None:
        raise NotAllowed(_("没有找到这个单位。"))
    return found


def reads_in(actor: Actor) -> list[Authority]:
    """The offices in which this person reads the queue, an auditor's, too."""
    return offices(actor, *READING)


def groups(actor: Actor, round_: Round | None, own: list[Authority]) -> Mapping[str, list[Known]]:
    """The columns to choose from; those with contacts only for whoever may export them somewhere."""
    columns = list(known(rulebook_of(round_.edition)).values()) if round_ else []
    may = any(works_with_contacts(actor, office) for office in own)
    return {
        "plain": [one for one in columns if not one.personal],
        "contacts": [one for one in columns if one.personal and may],
    }
