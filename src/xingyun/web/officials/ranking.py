"""The order of those who compete at an office for an act on a level, by the basis published beforehand."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingyun import clock
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.registry.models import Authority
from xingyun.registry.states import Role
from xingyun.reviews import actions, queries
from xingyun.reviews.queries import Outlook, Ranked, Ranking, Wish
from xingyun.reviews.states import Kind, Outcome
from xingyun.rounds.models import Round
from xingyun.rounds.queries import rulebook_of
from xingyun.web import answers
from xingyun.web.addresses import url
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.acted import Acted
from xingyun.web.officials.offices import IN_OFFICE, Shown, expected, shown
from xingyun.web.officials.offices import office as office_of
from xingyun.web.officials.states import OUTCOME
from xingyun.web.officials.wishes import acts_of, elsewhere, wishes
from xingyun.web.orders import KEYS

PAGE = "officials/ranking.html"
LATEST = 5


@dataclass(frozen=True, slots=True)
class Order:
    """Which order a page shows: of an office, in a round, for an act on a level."""

    about: Shown
    round: Round
    office: Authority
    kind: str
    level: str

    def is_of(self, wish: Wish) -> bool:
        """Whether an act is one of those that this order is about."""
        return (wish.level, wish.kind) == (self.level, self.kind)

    @property
    def found(self) -> Ranking:
        """The order as it is now."""
        return queries.ranking(self.office, self.round, self.level, self.kind)


def known(key: str) -> Authority:
    """The authority of that key, whoever works there."""
    return get_object_or_404(Authority, key=key)


def order_of(request: ActorRequest, office: str, kind: str, level: str) -> Order:
    """The order that the address names. Raises NotAllowed for another office's, and for none."""
    about = shown(request)
    round_ = expected(about)
    levels = {one.key for one in rulebook_of(round_.edition).levels}
    if level not in levels or kind not in Kind.values:
        raise NotAllowed("")
    authority = known(office) if request.actor.is_auditor else office_of(request.actor, office)
    return Order(about, round_, authority, kind, level)


@require_safe
@require_seat(*IN_OFFICE, Role.AUDITOR)
def ranking(request: ActorRequest, office: str, kind: str, level: str) -> HttpResponse:
    """The order, with where the places end; it decides nothing. `?move=` opens the form of one row."""
    order = order_of(request, office, kind, level)
    found = order.found
    asked = request.GET.get("move", "")
    row = next((r for r in found.rows if str(r.standing.application.pk) == asked), None)
    return answers.page(request, PAGE, context_of(request, order, found, move=row))


@require_POST
@require_seat(*IN_OFFICE, Role.AUDITOR)
def tried(request: ActorRequest, office: str, kind: str, level: str) -> HttpResponse:
    """What the places and the line would be if those ticked were granted; nothing is written."""
    order = order_of(request, office, kind, level)
    picked = wishes(request.POST)
    ranks = {one.key: one.rank for one in rulebook_of(order.round.edition).levels}
    outlook = queries.what_if(order.office, order.round, queries.in_order(picked, ranks))
    found = queries.redrawn(order.found, outlook, level, kind)
    return answers.page(request, PAGE, context_of(request, order, found, picked=picked, outlook=outlook))


@require_POST
@require_seat()
def shift(request: ActorRequest, office: str, kind: str, level: str) -> HttpResponse:
    """Put a row elsewhere, with a reason."""
    order = order_of(request, office, kind, level)
    names = ("application", "was", "position", "seen")
    given = {name: _number(request.POST.get(name, "")) for name in names}
    reason, found = request.POST.get("reason", ""), order.found
    row = next((r for r in found.rows if r.standing.application.pk == given["application"]), None)
    if row is None:
        raise NotAllowed("")
    try:
        actions.shift_row(
            authority=order.office,
            round=order.round,
            level=level,
            kind=kind,
            application=row.standing.application,
            was=given["was"],
            position=given["position"],
            seen=given["seen"],
            reason=reason,
            actor=request.actor,
            now=clock.now(),
        )
    except Refused as refused:
        context = context_of(request, order, found, move=row)
        typed = {"reason": reason, "position": request.POST.get("position", "")}
        return answers.again(request, refused, PAGE, context, **typed)
    said = _("已调到第 %(n)s 位，理由列在这一行。") % {"n": given["position"]}
    return answers.done(request, said, _address(order))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _address(order: Order) -> str:
    return url("ranking", order.office.key, order.kind, order.level) + order.about.query()


def context_of(
    request: ActorRequest,
    order: Order,
    found: Ranking,
    *,
    picked: Sequence[Wish] = (),
    outlook: Outlook | None = None,
    move: Ranked | None = None,
) -> dict[str, object]:
    """What the page shows."""
    book = rulebook_of(order.round.edition)
    levels = {one.key: one for one in book.levels}
    here = [t for t in outlook.rows if order.is_of(t.wish)] if outlook else []
    return {
        "about": order.about,
        "book": book,
        "office": order.office,
        "level": levels[order.level],
        "levels": levels,
        "kind": Kind(order.kind).label,
        "kind_key": order.kind,
        "kinds": {kind.value: kind.label for kind in Kind},
        "acts": acts_of(order.office, book),
        "found": found,
        "acted": Acted(row.standing.application.stream for row in found.rows if row.shift),
        "names": KEYS,
        "rule": book.ranking,
        "outcomes": OUTCOME,
        "outcome_names": {outcome.value: outcome.label for outcome in Outcome},
        "meters": outlook.after if outlook else queries.meters(order.office, order.round),
        "outlook": outlook,
        "ticked": {wish.application for wish in picked if order.is_of(wish)},
        "elsewhere": elsewhere(picked, order.level, order.kind),
        "tried": {t.wish.application: t for t in here},
        "prepares": request.actor.holds(Role.PREPARER, order.office.pk),
        "sets_basis": request.actor.serves(order.office.pk) and bool(queries.keys_for(book)),
        "move": move,
        "bulks": list(queries.bulks_of(order.office, order.round)[:LATEST]),
    }
