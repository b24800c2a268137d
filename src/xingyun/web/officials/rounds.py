"""Rounds: planned and opened by the authority that leads; every authority sets its windows inside them."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingyun import clock
from xingyun.audit.errors import NotAllowed
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority
from xingyun.registry.states import Role
from xingyun.reviews.queries import keys_for, ranks
from xingyun.rounds import actions, queries
from xingyun.rounds.models import Edition, Extension, Round
from xingyun.rounds.models import Window as Dates
from xingyun.rounds.states import RoundState
from xingyun.rulebook.schema.procedure import Deadline
from xingyun.rulebook.schema.procedure import Window as Stage
from xingyun.rulebook.text import Text
from xingyun.web import answers
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.round_forms import PlanForm


@dataclass(frozen=True, slots=True)
class Row:
    """One authority's dates of one stage: its own, else the round's, else none yet."""

    stage: Stage
    authority: Authority | None
    own: Dates | None
    common: Dates | None
    mine: bool

    @property
    def dates(self) -> Dates | None:
        """The dates that hold."""
        return self.own or self.common

    @property
    def scope(self) -> str:
        """The authority's key; "all" stands for the whole round."""
        return self.authority.key if self.authority else "all"

    @property
    def state(self) -> str:
        """open, later, over, or none."""
        if self.dates is None:
            return "none"
        now = clock.now()
        return "later" if now < self.dates.opens else "open" if now < self.dates.closes else "over"


@require_safe
@require_seat()
def index(request: ActorRequest) -> HttpResponse:
    """All rounds; the leading authority plans the next one here."""
    return answers.page(request, "officials/rounds.html", context_of(request.actor))


def context_of(actor: Actor) -> dict[str, object]:
    """What the list of rounds shows."""
    known = list(queries.rounds())
    editions = list(Edition.objects.select_related("programme").defer("source").order_by("-released_at"))
    leads = leading(actor) is not None
    form = PlanForm(editions=editions, initial={"year": clock.today().year}) if leads and editions else None
    names = {r.pk: name_of(r) for r in known}
    return {"rounds": known, "names": names, "form": form, "editions": editions}


def name_of(round_: Round) -> Text:
    """What the round awards, in both languages."""
    return Text(round_.programme.title, queries.rulebook_of(round_.edition).programme.award_en)


def leading(actor: Actor) -> Authority | None:
    """The top authority that this person works for, if any."""
    return Authority.objects.filter(pk__in=serving(actor), parent=None).first()


def serving(actor: Actor) -> tuple[int, ...]:
    """The offices that this person prepares, reviews or signs for."""
    return actor.authorities(Role.PREPARER, Role.REVIEWER, Role.SIGNATORY)


@require_POST
@require_seat(Role.PREPARER, Role.REVIEWER, Role.SIGNATORY)
def plan(request: ActorRequest) -> HttpResponse:
    """Prepare the next round of a year."""
    context = context_of(request.actor)
    authority = leading(request.actor)
    if authority is None:
        raise NotAllowed(_("批次由牵头单位建立。"))
    editions = list(Edition.objects.defer("source"))
    form = PlanForm(request.POST, editions=editions)
    if not form.is_valid():
        return answers.page(request, "officials/rounds.html", {**context, "form": form}, status=422)
    made = actions.plan_round(authority=authority, actor=request.actor, now=clock.now(), **form.cleaned_data)
    return answers.done(request, _("已建好新批次，还没有开启。先设时间，再开启。"), "round", made.uid)


@require_safe
@require_seat()
def detail(request: ActorRequest, uid: UUID) -> HttpResponse:
    """One round with its windows."""
    round_ = found(uid)
    book = queries.rulebook_of(round_.edition)
    rows = [row for stage in book.windows for row in rows_of(request.actor, round_, stage)]
    settled = set(queries.snapshots(round_.year))
    tiers = {quota.tier for quota in book.quotas if quota.base}
    bound = Authority.objects.filter(tier__in=tiers).order_by("id")
    context = {
        "round": round_,
        "book": book,
        "rows": rows,
        "leads": request.actor.serves(round_.authority_id),
        "planned": round_.state == RoundState.PLANNED,
        "dues": dues_of(round_),
        "unsettled": [a for a in bound if a.pk not in settled],
        "bases": bases_of(request.actor, round_),
        "amendments": list(queries.amendments(round_)[:20]),
        "history": Dates.objects.filter(round=round_).exclude(reason="").select_related("authority")[:50],
    }
    return answers.page(request, "officials/round.html", context)


def bases_of(actor: Actor, round_: Round) -> list[Authority]:
    """The offices of this person that may publish an order of their own."""
    book = queries.rulebook_of(round_.edition)
    if not keys_for(book):
        return []
    own = Authority.objects.filter(pk__in=serving(actor)).order_by("id")
    return [office for office in own if ranks(book, office)]


def dues_of(round_: Round) -> list[tuple[Deadline, list[Extension]]]:
    """The deadlines of reports with the extensions that hold (one query)."""
    book = queries.rulebook_of(round_.edition)
    live = list(queries.extensions(round_).filter(replaced_at=None))
    keys = dict.fromkeys(rule.deadline for rule in book.reports)
    return [(book.deadline(key), [one for one in live if one.deadline == key]) for key in keys]


def rows_of(actor: Actor, round_: Round, stage: Stage) -> list[Row]:
    """The dates of a stage: for all, then each authority that sets its own."""
    live = [w for w in queries.windows_of(round_) if w.stage == stage.key]
    common = next((w for w in live if w.authority_id is None), None)
    own = {w.authority_id: w for w in live}
    leads = actor.serves(round_.authority_id)
    rows = [Row(stage, None, common, None, leads)]
    setters = Authority.objects.filter(tier=stage.set_by).order_by("id") if stage.set_by else []
    mine = set(serving(actor))
    rows += [Row(stage, a, own.get(a.pk), common, leads or a.pk in mine) for a in setters]
    return rows


def found(uid: UUID) -> Round:
    """The round; its dates are no secret among officials."""
    return get_object_or_404(queries.rounds(), uid=uid)


@require_POST
@require_seat()
def open_round(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Open the round: places are set from the released counts."""
    actions.open_round(round=found(uid), actor=request.actor, now=clock.now())
    return answers.done(request, _("批次已开启，名额已按发布的基数设好。"), "round", uid)


@require_POST
@require_seat()
def settle(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Set the places of counts that were released after the opening."""
    made = actions.settle_places(round=found(uid), actor=request.actor, now=clock.now())
    return answers.done(request, _("已按新发布的基数补设 %(n)s 条名额。") % {"n": made}, "round", uid)


@require_POST
@require_seat()
def close(request: ActorRequest, uid: UUID) -> HttpResponse:
    """End the round."""
    actions.close_round(round=found(uid), actor=request.actor, now=clock.now())
    return answers.done(request, _("批次已结束。"), "round", uid)
