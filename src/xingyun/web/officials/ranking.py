"""The order of those who compete at an office for an act on a level, by the rule published beforehand."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from xingyun.audit.errors import NotAllowed
from xingyun.registry.models import Authority
from xingyun.registry.states import Role
from xingyun.reviews import queries
from xingyun.reviews.states import Kind, Outcome
from xingyun.rounds.queries import rulebook_of
from xingyun.web import answers
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.offices import IN_OFFICE, expected, shown
from xingyun.web.officials.offices import office as office_of
from xingyun.web.officials.states import APPLICATION, OUTCOME

KEYS = {
    "points": _("得分"),
    "domains_proved": _("有证明的域"),
    "spend": _("上云支出"),
    "submitted_at": _("提交先后"),
    "meeting": _("集体研究"),
    "preferences": _("优先条件"),
}


def known(key: str) -> Authority:
    """The authority of that key, whoever works there."""
    return get_object_or_404(Authority, key=key)


@require_safe
@require_seat(*IN_OFFICE, Role.AUDITOR)
def ranking(request: ActorRequest, office: str, kind: str, level: str) -> HttpResponse:
    """The order, with where the places end; it decides nothing."""
    about = shown(request)
    round_ = expected(about)
    book = rulebook_of(round_.edition)
    levels = {one.key: one for one in book.levels}
    if level not in levels or kind not in Kind.values:
        raise NotAllowed("")
    authority = known(office) if request.actor.is_auditor else office_of(request.actor, office)
    found = queries.ranking(authority, round_, level, kind)
    context = {
        "about": about,
        "book": book,
        "office": authority,
        "level": levels[level],
        "kind": Kind(kind).label,
        "found": found,
        "keys": [KEYS[key] for key in found.by],
        "rule": book.ranking,
        "looks": APPLICATION,
        "outcomes": OUTCOME,
        "outcome_names": {outcome.value: outcome.label for outcome in Outcome},
    }
    return answers.page(request, "officials/ranking.html", context)
