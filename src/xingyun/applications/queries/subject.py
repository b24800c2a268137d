"""An application as the checks of its evidence see it, and what they may ask of others."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from xingyun.applications.models import Application, Attachment
from xingyun.applications.queries.facts import day_of
from xingyun.applications.queries.parts import attachments_of
from xingyun.evidence.checks import Held, Holder, Others, Subject
from xingyun.evidence.models import PageLook
from xingyun.evidence.queries import ledger, readings
from xingyun.rounds.queries import rulebook_of
from xingyun.rulebook import Rulebook


def subject(application: Application, now: datetime) -> Subject:
    """Everything that checks look at (six queries; a seventh where a row of the ledger is odd)."""
    rulebook, day = rulebook_of(application.edition), day_of(application, now)
    slots = {slot.key for slot in rulebook.slots}
    files = tuple(_held(rulebook, one) for one in attachments_of(application) if one.material in slots)
    ids = {one.file.pk for one in files}
    looks: dict[int, list[PageLook]] = {}
    for look in PageLook.objects.filter(file__in=ids).order_by("file", "page"):
        looks.setdefault(look.file_id, []).append(look)
    return Subject(
        dossier=application.dossier,
        rulebook=rulebook,
        ledger=ledger(application.dossier, rulebook, day),
        day=day,
        files=files,
        readings=readings(ids),
        looks=looks,
        others=others(application) if application.submitted_at else None,
    )


def long_texts(application: Application) -> Mapping[str, str]:
    """The long answers by field, as typed."""
    fields = rulebook_of(application.edition).form.fields
    return {f.key: application.answers.get(f.key, "") for f in fields if f.kind == "long_text"}


def others(application: Application) -> Others:
    """What other enterprises have handed in, in any round; drafts are left out."""
    handed_in = Application.objects.filter(submitted_at__isnull=False).exclude(
        enterprise=application.enterprise_id
    )

    def holders(files: Collection[int]) -> list[Holder]:
        held = Attachment.objects.filter(file__in=files, removed_at=None, application__in=handed_in)
        pairs = held.values_list("application__dossier", "file").distinct()
        return [Holder(dossier, file) for dossier, file in pairs.order_by("application__dossier", "file")]

    def of_others(dossiers: Collection[int]) -> set[int]:
        return set(handed_in.filter(dossier__in=dossiers).values_list("dossier", flat=True))

    return Others(holders, of_others)


def with_files(files: Collection[int]) -> Iterable[Application]:
    """The applications that have any of these files (ids) now."""
    live = Attachment.objects.filter(file__in=list(files), removed_at=None).values("application")
    return Application.objects.filter(pk__in=live).only("pk", "uid")


def of_dossiers(dossiers: Collection[int]) -> Iterable[Application]:
    """The applications of these dossiers that were handed in."""
    found = Application.objects.filter(dossier__in=dossiers, submitted_at__isnull=False)
    return found.only("pk", "uid")


def _held(rulebook: Rulebook, one: Attachment) -> Held:
    material = rulebook.material(one.material)
    return Held(
        uid=one.uid,
        file=one.file,
        name=one.name,
        slot=one.material,
        clause=material.clause[0],
        sealed=bool(material.stamped_by),
    )
