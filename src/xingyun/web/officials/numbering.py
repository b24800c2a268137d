"""Who gives an office its document numbers: this system, one after the other, or the office's own."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xingyun import clock
from xingyun.audit.errors import Refused
from xingyun.papers import actions
from xingyun.registry.actors import OFFICIAL
from xingyun.web import answers
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.wordings import INDEX, context_of, own

DIGITS = 5


@require_POST
@require_seat(*OFFICIAL)
def here(request: ActorRequest, office: str) -> HttpResponse:
    """Have the numbers given here from now on."""
    authority = own(request.actor, office)
    typed = request.POST.dict()
    try:
        actions.number_here(
            authority=authority,
            prefix=typed.get("prefix", ""),
            after=whole(typed.get("after", "")),
            actor=request.actor,
            now=clock.now(),
        )
    except Refused as refused:
        given = {"office": office, **typed}
        return answers.again(request, refused, INDEX, context_of(request.actor), typed=given)
    return answers.done(request, _("已设好，以后出具的文书由系统按顺序编文号。"), "wordings")


def whole(said: str) -> int:
    """The number that was typed; nothing is 0. Raises Refused."""
    said = said.strip() or "0"
    if not said.isdecimal() or len(said) > DIGITS:
        raise Refused(_("请填最后用到的号数，例如 11；没有用过就填 0。"), field="after")
    return int(said)


@require_POST
@require_seat(*OFFICIAL)
def elsewhere(request: ActorRequest, office: str) -> HttpResponse:
    """Leave numbering to the office's own system again."""
    authority = own(request.actor, office)
    try:
        actions.number_elsewhere(authority=authority, actor=request.actor, now=clock.now())
    except Refused as refused:
        return answers.again(request, refused, INDEX, context_of(request.actor))
    return answers.done(request, _("文号改由本单位另编。已编的号不变。"), "wordings")
