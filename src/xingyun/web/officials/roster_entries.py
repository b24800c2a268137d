"""One enterprise on a roster: mended, taken out, taken back, each time with a reason."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingyun import clock
from xingyun.audit.errors import Refused, allowed
from xingyun.registry import actions, queries
from xingyun.registry.models import RosterEntry
from xingyun.registry.permissions import may_keep_roster
from xingyun.registry.states import RosterState
from xingyun.web import answers
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.roster_forms import EntryForm
from xingyun.web.officials.rosters import found

PAGE = "officials/roster_entry.html"


@require_safe
@require_seat()
def detail(request: ActorRequest, key: str, pk: int) -> HttpResponse:
    """The entry, and what may be done to it."""
    return answers.page(request, PAGE, context_of(request, the_entry(request, key, pk)))


def context_of(request: ActorRequest, entry: RosterEntry) -> dict[str, object]:
    """What the page shows."""
    shown = {"name": entry.name, "listed_on": entry.listed_on, "provider": entry.provider}
    claimed = entry.state == RosterState.DISPUTED and entry.delisted_on is None
    claims = queries.claimants([entry.uscc]).get(entry.uscc, []) if claimed else []
    return {
        "authority": entry.authority,
        "entry": entry,
        "others": [claim.authority.name for claim in claims if claim.pk != entry.pk],
        "keeps": allowed(may_keep_roster, request.actor, entry.authority),
        "form": EntryForm(initial=shown),
        "seen": entry.seen,
    }


@require_POST
@require_seat()
def edit(request: ActorRequest, key: str, pk: int) -> HttpResponse:
    """Mend name, day or provider."""
    entry = the_entry(request, key, pk)
    may_keep_roster(request.actor, entry.authority)
    form = EntryForm(request.POST)
    context = {**context_of(request, entry), "form": form}
    if not form.is_valid():
        return answers.page(request, PAGE, context, status=422)
    try:
        changed = actions.edit_entry(
            entry=entry,
            seen=request.POST.get("seen", ""),
            actor=request.actor,
            now=clock.now(),
            **form.cleaned_data,
        )
    except Refused as refused:
        return answers.again(request, refused, PAGE, context)
    said = _("已修改“%s”。") if changed else _("“%s”没有变化，没有改。")
    return answers.done(request, said % form.cleaned_data["name"], "roster_entry", key, pk)


@require_POST
@require_seat()
def delist(request: ActorRequest, key: str, pk: int) -> HttpResponse:
    """Take the enterprise out of the roster."""
    entry = the_entry(request, key, pk)
    refused = tried(request, entry, actions.delist_entry)
    if refused:
        return refused
    return answers.done(request, _("“%s”已移出名录。") % entry.name, "roster_entry", key, pk)


@require_POST
@require_seat()
def relist(request: ActorRequest, key: str, pk: int) -> HttpResponse:
    """Take it back."""
    entry = the_entry(request, key, pk)
    refused = tried(request, entry, actions.relist_entry)
    if refused:
        return refused
    return answers.done(request, _("“%s”已恢复到名录。") % entry.name, "roster_entry", key, pk)


def tried(request: ActorRequest, entry: RosterEntry, act: object) -> HttpResponse | None:
    """Do it with the reason that was typed; the page again where that is refused."""
    reason = request.POST.get("reason", "")
    try:
        act(  # type: ignore[operator]  # both acts take the same
            entry=entry,
            reason=reason,
            seen=request.POST.get("seen", ""),
            actor=request.actor,
            now=clock.now(),
        )
    except Refused as refused:
        return answers.again(request, refused, PAGE, {**context_of(request, entry), "typed": reason})
    return None


def the_entry(request: ActorRequest, key: str, pk: int) -> RosterEntry:
    """The entry of this roster, if this person sees the roster."""
    authority = found(request, key)
    return get_object_or_404(RosterEntry.objects.select_related("authority"), authority=authority, pk=pk)
