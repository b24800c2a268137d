"""Pages of a file that prove something: they exist, and ranges that touch become one."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from xingyun.applications.models import Application, Attachment, ClaimPage, RowPage
from xingyun.audit.errors import Conflict, NotAllowed, Refused

Page = TypeVar("Page", ClaimPage, RowPage)


def pages_exist(application: Application, attachment: Attachment, first: int, last: int) -> None:
    """The file is one of the application and has these pages. Raises NotAllowed, Refused with `field`."""
    if attachment.application_id != application.pk:
        raise NotAllowed(_("没有找到这个文件。"))
    have = attachment.file.pages or 0
    if not 1 <= first <= last <= have:
        said = _("这个文件共 %(have)d 页，没有第 %(first)d–%(last)d 页。请改页码。")
        raise Refused(said % {"have": have, "first": first, "last": last}, field="pages")


def still_there(attachment: Attachment) -> None:
    """The file has not been taken away meanwhile. Raises Conflict."""
    if not Attachment.objects.filter(pk=attachment.pk, removed_at=None).exists():
        raise Conflict(_("这个文件已经被另一位填报人移除。"))


def joined(own: QuerySet[Page], attachment: Attachment, first: int, last: int) -> tuple[int, int]:
    """The range together with those of the same file that it touches; these are taken away for it."""
    touching = own.filter(attachment=attachment, first__lte=last + 1, last__gte=first - 1)
    ranges: Iterable[tuple[int, int]] = touching.values_list("first", "last")
    edges = [(first, last), *ranges]
    touching.delete()
    return min(a for a, _b in edges), max(b for _a, b in edges)
