"""The proposed list: published, objections heard, results announced. For the office that leads."""

from functools import partial
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingyun import clock
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.papers.queries.numbers import series
from xingyun.registry.actors import OFFICIAL, Actor
from xingyun.registry.models import Authority
from xingyun.registry.states import Role
from xingyun.results import actions, queries
from xingyun.results.models import Notice
from xingyun.results.queries import NoticePage, ObjectionView
from xingyun.reviews.queries import reporting
from xingyun.rounds.queries import rulebook_of
from xingyun.rulebook import Rulebook
from xingyun.web import answers, serving
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.nav import must_lead
from xingyun.web.officials.offices import IN_OFFICE, Shown, expected, offices, shown
from xingyun.web.officials.previewing import asked, previewed

SIZE = 200
READERS = (*IN_OFFICE, Role.AUDITOR)


@require_safe
@require_seat(*READERS)
def index(request: ActorRequest) -> HttpResponse:
    """The notices of the round, and what would be published now."""
    must_lead(request.actor)
    return answers.page(request, "officials/notices.html", context_of(request.actor, shown(request)))


def context_of(actor: Actor, about: Shown) -> dict[str, object]:
    """What the page shows: notices, the list as it stands, the period that would be printed."""
    round_ = expected(about)
    book = rulebook_of(round_.edition)
    own = publishing(actor, book)
    ready, undecided = reporting.split(own, round_) if own else ([], [])
    proposed = [(standing, standing.award) for standing in ready if standing.award]
    return {
        "about": about,
        "round": round_,
        "book": book,
        "levels": {level.key: level for level in book.levels},
        "notices": list(queries.notices(round_)),
        "own": own,
        "proposed": sorted(proposed, key=lambda pair: (-pair[1].rank, pair[0].application.number)),
        "ended": [standing for standing in ready if not standing.award],
        "undecided": undecided,
        "period": queries.period(book, clock.now()),
    }


def publishing(actor: Actor, book: Rulebook) -> Authority | None:
    """The office of this person that publishes the list, if any."""
    return next((o for o in offices(actor, *OFFICIAL) if o.tier == book.notice.tier), None)


@require_POST
@require_seat(*OFFICIAL)
def publish(request: ActorRequest) -> HttpResponse:
    """Publish what was decided, open to objections from now on."""
    about = shown(request)
    round_ = expected(about)
    own = publishing(request.actor, rulebook_of(round_.edition))
    if own is None:
        raise Http404
    act = partial(actions.publish_notice, round=round_, authority=own, actor=request.actor, now=clock.now())
    if asked(request):
        return previewed(request, act, "officials/notices.html", context_of(request.actor, about))
    try:
        made = act()
    except Refused as refused:
        return answers.again(request, refused, "officials/notices.html", context_of(request.actor, about))
    return answers.done(request, _("公示已发布，公众现在可以看到、可以提异议。"), "office_notice", made.uid)


@require_safe
@require_seat(*READERS)
def detail(request: ActorRequest, uid: UUID) -> HttpResponse:
    """One notice with its lines and the objections to it."""
    return answers.page(request, "officials/notice.html", page_of(request, uid))


def page_of(request: ActorRequest, uid: UUID) -> dict[str, object]:
    """What the page of one notice shows."""
    found = notice_of(request, uid)
    lines = found.lines[:SIZE]
    more = f"{lines[-1].rank}-{lines[-1].pk}" if len(found.lines) > SIZE else ""
    return {
        "page": found,
        "book": found.rulebook,
        "n": found.notice,
        "lines": lines,
        "after": more,
        "levels": {level.key: level for level in found.rulebook.levels},
        "channels": {channel.key: channel for channel in found.rulebook.notice.channels},
        "objections": objections_of(request.actor, found.notice),
        "leads": request.actor.serves(found.notice.authority_id),
        "ended": found.notice.closes <= clock.now(),
        "number": "",
        "numbered": series(found.notice.authority),
        "unasked": queries.unasked(found.notice, clock.now()) if not found.announcement else [],
    }


def notice_of(request: ActorRequest, uid: UUID) -> NoticePage:
    """The notice, for everybody of its office and auditors."""
    must_lead(request.actor)
    found = queries.notice(uid, clock.now(), after=request.GET.get("after", ""), size=SIZE)
    if found is None:
        raise Http404
    return found


def objections_of(actor: Actor, notice: Notice) -> list[ObjectionView]:
    """What was raised; nothing for those who read the list alone."""
    try:
        return queries.objections(actor, notice)
    except NotAllowed:
        return []


@require_POST
@require_seat(*OFFICIAL)
def announce(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Announce the lines that stand, once the notice has ended and every objection is decided."""
    found = notice_of(request, uid)
    number = request.POST.get("number", "").strip()
    act = partial(actions.announce, notice=found.notice, actor=request.actor, now=clock.now(), number=number)
    if asked(request):
        context = page_of(request, uid) | {"number": number}
        return previewed(request, act, "officials/notice.html", context)
    try:
        act()
    except Refused as refused:
        return answers.again(request, refused, "officials/notice.html", page_of(request, uid), number=number)
    return answers.done(request, _("结果已公布，证书正在制作。"), "office_notice", uid)


@require_safe
@require_seat(*READERS)
def paper(request: ActorRequest, uid: UUID, which: str) -> FileResponse:
    """The printed notice, or the announcement; `?as=word` for the same as Word."""
    found = notice_of(request, uid)
    if which == "notice":
        return serving.issued(found.notice.paper, request, _("公示"))
    if which == "announcement" and found.announcement:
        return serving.issued(found.announcement.paper, request, _("结果公布"))
    raise Http404


@require_safe
@require_seat(*OFFICIAL)
def objection(request: ActorRequest, uid: UUID) -> HttpResponse:
    """An objection stands on the page of its notice."""
    found = queries.objection(request.actor, uid)
    return redirect("office_notice", found.line.notice.uid)


@require_POST
@require_seat(*OFFICIAL)
def decide(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Decide an objection with what was found; one that is upheld strikes the name."""
    found = queries.objection(request.actor, uid)
    notice = found.line.notice.uid
    outcome, upheld = request.POST.get("outcome", ""), request.POST.get("upheld", "")
    try:
        if upheld not in {"yes", "no"}:
            raise Refused(_("请选择异议成立还是不成立。"), field="upheld")
        actions.decide_objection(
            objection=found, upheld=upheld == "yes", outcome=outcome, actor=request.actor, now=clock.now()
        )
    except Refused as refused:
        context = {**page_of(request, notice), "typed": {"uid": uid, "outcome": outcome, "upheld": upheld}}
        return answers.again(request, refused, "officials/notice.html", context)
    return answers.done(request, _("异议已处理，结果凭回执可查。"), "office_notice", notice)
