"""Pages of a file as a person types them: which file, from which page to which."""

from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from xingyun.applications.models import Application, Attachment
from xingyun.audit.errors import Refused


def range_typed(typed: QueryDict) -> tuple[int, int]:
    """First and last page, both from 1; one page where no last one is given. Raises Refused with `field`."""
    first = typed.get("first", "")
    return _page(first), _page(typed.get("last", "") or first)


def file_typed(application: Application, typed: QueryDict) -> Attachment:
    """The file that was chosen of those of the application. Raises Refused with `field`."""
    try:
        wanted = UUID(typed.get("attachment", ""))
    except ValueError as error:
        raise Refused(_("请选一个文件。"), field="attachment") from error
    live = Attachment.objects.filter(application=application, removed_at=None).select_related("file")
    found = live.filter(uid=wanted).first()
    if found is None:
        raise Refused(_("这个文件已经不在了，请重选。"), field="attachment")
    return found


def _page(typed: str) -> int:
    if not (typed.strip().isascii() and typed.strip().isdigit() and len(typed) < 6):
        raise Refused(_("页码请填数字，从 1 起。"), field="first")
    return int(typed)
