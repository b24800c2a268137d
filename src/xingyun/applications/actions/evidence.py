"""Files of an application: attached to a material, put in order, taken away; or an explicit "none"."""

from datetime import datetime

from django.conf import settings
from django.db.models import Max, QuerySet, Sum
from django.utils.translation import gettext as _

from xingyun.applications.actions.checking import have_checked, have_read
from xingyun.applications.actions.editing import editing
from xingyun.applications.models import Absence, Application, Attachment, ClaimPage, RowPage
from xingyun.audit.errors import Conflict, Refused
from xingyun.documents.inspect import KINDS
from xingyun.files.models import File
from xingyun.registry.actors import Actor
from xingyun.rounds.queries import rulebook_of
from xingyun.rulebook import Rulebook
from xingyun.rulebook.schema.materials import Material

MEGABYTE = 1024 * 1024


def attach(
    *, application: Application, file: File, name: str, material: str, actor: Actor, now: datetime
) -> Attachment:
    """Add a file to a material (the key of its slot), behind those that are there.

    The same content in the same slot is the same attachment. Raises Refused beyond the limits.
    """
    owner = _material(rulebook_of(application.edition), material)
    _usable(file)
    places = (f"material:{owner.key}",)
    with editing(application=application, act="file.attached", places=places, actor=actor, now=now) as edit:
        live = _live(edit.application)
        if same := live.filter(file=file, material=material).first():
            edit.nothing = True
            return same
        _within_limit(edit.application, file)
        Absence.objects.filter(application=edit.application, material=material).delete()
        last = live.filter(material=material).aggregate(last=Max("position"))["last"] or 0
        made = Attachment.objects.create(
            application=edit.application,
            file=file,
            name=_name(name),
            material=material,
            position=last + 1,
            added_by_id=actor.person,
            added_at=now,
        )
        have_read(application=edit.application, file=file, now=now)
        edit.say(attachment=str(made.uid), file=file.sha256, material=material)
    return made


def move_attachment(
    *,
    attachment: Attachment,
    actor: Actor,
    now: datetime,
    position: int | None = None,
    material: str | None = None,
) -> None:
    """Put a file at a place (from 1) of its material, or under another one. Pages follow it into the book."""
    application = attachment.application
    rulebook = rulebook_of(application.edition)
    target = material or attachment.material
    keys = {_material(rulebook, attachment.material).key, _material(rulebook, target).key}
    places = tuple(f"material:{key}" for key in sorted(keys))
    with editing(application=application, act="file.moved", places=places, actor=actor, now=now) as edit:
        _still_there(attachment)
        others = _live(application).filter(material=target).exclude(pk=attachment.pk)
        row = list(others.order_by("position", "id"))
        at = len(row) if position is None else max(0, min(position - 1, len(row)))
        row.insert(at, attachment)
        attachment.material = target
        for number, one in enumerate(row, 1):
            one.position = number
        Attachment.objects.bulk_update(row, ["position", "material"])
        Absence.objects.filter(application=application, material=target).delete()
        edit.say(attachment=str(attachment.uid), material=target, position=at + 1)


def detach(*, attachment: Attachment, actor: Actor, now: datetime) -> None:
    """Take a file away. Its row and content are kept; claims that it proved have to be proved anew."""
    application = attachment.application
    owner = _material(rulebook_of(application.edition), attachment.material)
    places = (f"material:{owner.key}",)
    with editing(application=application, act="file.detached", places=places, actor=actor, now=now) as edit:
        _still_there(attachment)
        ClaimPage.objects.filter(attachment=attachment).delete()
        RowPage.objects.filter(attachment=attachment).delete()
        Attachment.objects.filter(pk=attachment.pk).update(removed_at=now)
        have_checked(application=edit.application, now=now)
        edit.say(attachment=str(attachment.uid))


def declare_absent(
    *, application: Application, material: str, absent: bool, actor: Actor, now: datetime
) -> None:
    """Say that there is nothing for this slot, or take that back. Only where the rulebook lets it be none."""
    owner = _material(rulebook_of(application.edition), material)
    if owner.need == "required":
        raise Refused(_("“%s”必须提供，不能选“无”。") % owner.label, clause=owner.clause[0], field=material)
    places = (f"material:{owner.key}",)
    act = "material.absent" if absent else "material.expected"
    with editing(application=application, act=act, places=places, actor=actor, now=now) as edit:
        said = Absence.objects.filter(application=edit.application, material=material)
        if absent and _live(edit.application).filter(material=material).exists():
            raise Refused(_("这一项已经传了文件。要选“无”，请先移除文件。"), field=material)
        edit.nothing = said.exists() == absent
        if absent and not edit.nothing:
            Absence.objects.create(application=edit.application, material=material)
        elif not absent:
            said.delete()
        edit.say(material=material)


def _material(rulebook: Rulebook, slot: str) -> Material:
    """The material of a slot that files may be put into."""
    known = {one.key: one.material for one in rulebook.slots}
    if slot not in known or rulebook.material(slot).made_by_system:
        raise Refused(_("本轮的材料清单里没有这一项，请重选。"), field="material")
    return rulebook.material(slot)


def _live(application: Application) -> QuerySet[Attachment]:
    return Attachment.objects.filter(application=application, removed_at=None)


def _usable(file: File) -> None:
    if not file.usable:
        raise Refused(_("这个文件还没有通过病毒扫描，不能收进材料。请等扫描完成。"), field="file")
    if file.kind not in KINDS or not file.pages:
        raise Refused(_("只收 PDF、JPG、PNG。请另存为 PDF 后再传，其他文件不受影响。"), field="file")
    if file.size > settings.FILE_LIMIT:
        said = _("文件超过 %d MB 的上限。请压缩或分成几个文件再传。")
        raise Refused(said % (settings.FILE_LIMIT // MEGABYTE), field="file")


def _within_limit(application: Application, file: File) -> None:
    used = _live(application).aggregate(used=Sum("file__size"))["used"] or 0
    if used + file.size > settings.APPLICATION_LIMIT:
        said = _(
            "全部材料合计不能超过 %(limit)d MB，已用 %(used)d MB，放不下这个文件。请压缩或移除不需要的。"
        )
        room = {"limit": settings.APPLICATION_LIMIT // MEGABYTE, "used": used // MEGABYTE}
        raise Refused(said % room, field="file")


def _still_there(attachment: Attachment) -> None:
    attachment.refresh_from_db(fields=["removed_at", "material", "position"])
    if attachment.removed_at is not None:
        raise Conflict(_("这个文件已经被另一位填报人移除。"))


def _name(name: str) -> str:
    """A name that fits its column and keeps its end, where the kind of file is said."""
    kept = " ".join(name.split()) or _("未命名文件")
    most = 160
    return kept if len(kept) <= most else f"{kept[: most - 13]}…{kept[-12:]}"
