"""Another office has the file from now on: the application itself, and drafts not handed in yet."""

from django.db.models import F
from django.utils.translation import gettext as _

from xingyun.applications.models import Application
from xingyun.applications.states import State
from xingyun.audit.errors import Conflict
from xingyun.registry.models import Authority


def hand_over(*, application: Application, to: Authority) -> list[str]:
    """Give a file to another office, its state, number and days as they were; in the caller's transaction.

    The enterprise's drafts of other rounds go along, as they would be begun there now; returns their numbers.
    Raises Conflict where it has left the office or the state in which it was seen.
    """
    seen = Application.objects.filter(
        pk=application.pk,
        state=application.state,
        authority_id=application.authority_id,
        holder_id=application.holder_id,
    )
    moved = {"authority": to, "holder": to, "rev": F("rev") + 1, "parts_rev": F("parts_rev") + 1}
    if not seen.update(**moved):
        raise Conflict(_("这份申请刚被别人处理过。请刷新后再看。"))
    drafts = Application.objects.filter(
        enterprise_id=application.enterprise_id, state=State.DRAFT, authority_id=application.authority_id
    )
    numbers = list(drafts.order_by("pk").select_for_update().values_list("number", flat=True))
    drafts.update(**moved)
    return numbers
