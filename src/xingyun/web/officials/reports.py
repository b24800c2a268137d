"""The joint report: drafted, countersigned, sent; and those that came from below, received or returned."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingyun import clock
from xingyun.applications.states import State
from xingyun.registry.actors import OFFICIAL
from xingyun.registry.states import Role
from xingyun.reviews import actions, queries
from xingyun.reviews.models import Report
from xingyun.reviews.queries import Meter, ReportPage
from xingyun.reviews.states import Kind, Outcome, ReportState
from xingyun.rounds.queries import longer, rulebook_of
from xingyun.web import answers, serving
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.acted import Acted
from xingyun.web.officials.offices import IN_OFFICE, office, offices, shown, the_round
from xingyun.web.officials.report_forms import OfflineForm
from xingyun.web.officials.states import APPLICATION, OUTCOME, REPORT

READERS = (*IN_OFFICE, Role.COUNTERSIGNER, Role.AUDITOR)


@require_safe
@require_seat(*READERS)
def index(request: ActorRequest) -> HttpResponse:
    """Own reports, those received, and where the next one can be drafted."""
    about = shown(request)
    own = offices(request.actor, *OFFICIAL)
    more = longer(about.known)
    made = list(queries.reports_of(request.actor)[:100])
    drafts = [
        (o, round_, due) for round_ in about.known for o in own if (due := queries.due(round_, o, more))
    ]
    drafted = {(one.authority_id, one.round_id) for one in made}
    context = {
        "about": about,
        "serves": bool(own),
        "own": made,
        "received": list(queries.reports_received(request.actor)[:200]),
        "looks": REPORT,
        "drafts": drafts,
        "undrafted": [o for o, round_, _due in drafts if (o.pk, round_.pk) not in drafted],
        "freed": [(o, one) for round_ in about.known for o in own for one in queries.freed(o, round_)],
        "books": {round_.pk: rulebook_of(round_.edition) for round_ in about.known},
        "kinds": {kind.value: kind.label for kind in Kind},
        "editions": {round_.pk: round_.edition.digest for round_ in about.known},
    }
    return answers.page(request, "officials/reports.html", context)


@require_POST
@require_seat(*OFFICIAL)
def draft(request: ActorRequest) -> HttpResponse:
    """Draft the report of what is settled, or draft it anew."""
    authority = office(request.actor, request.POST.get("authority", ""))
    report = actions.draft_report(
        round=the_round(request), authority=authority, actor=request.actor, now=clock.now()
    )
    return answers.done(request, _("上报件已起草，请核对后会签。"), "report", report.uid)


@require_safe
@require_seat(*READERS)
def detail(request: ActorRequest, uid: UUID) -> HttpResponse:
    """One report: the document, its rows, and what can be done with it."""
    return answers.page(request, "officials/report.html", context_of(request, uid))


def context_of(request: ActorRequest, uid: UUID) -> dict[str, object]:
    """What the page of a report shows."""
    page = queries.report_page(request.actor, uid, clock.now())
    book = rulebook_of(page.report.round.edition)
    return {
        "page": page,
        "r": page.report,
        "acted": Acted([page.report.stream]),
        "book": book,
        "levels": {level.key: level for level in book.levels},
        "meters": meters_of(page.report),
        "points": queries.points_of(row.application for row in page.rows) if book.points else {},
        "procedure": book.procedure(page.report.authority.tier),
        "steps": {step.name: step for step in page.steps},
        "stages": stages(page),
        "papers": queries.report_kinds(page.report),
        "preview": serving.pages(page.report.paper.file) if page.report.paper else range(0),
        "kinds": {kind.value: kind.label for kind in Kind},
        "outcomes": OUTCOME,
        "outcome_names": {outcome.value: outcome.label for outcome in Outcome},
        "looks": REPORT,
        "form": OfflineForm(),
        "reason": "",
        "row_reasons": {},
        "row_states": {state.value: state.label for state in State},
        "application_looks": APPLICATION,
        "serves": request.actor.serves(page.report.authority_id),
        "hands_over": queries.hands_over(request.actor, page.report),
        "reads_desk": bool(request.actor.authorities(*IN_OFFICE)) or request.actor.is_auditor,
    }


def meters_of(report: Report) -> tuple[Meter, ...]:
    """The places of the reporting office."""
    return queries.meters(report.authority, report.round)


def stages(page: ReportPage) -> list[tuple[str, str, str]]:
    """The way of a report: label, note, and done, now or empty."""
    report = page.report
    names = [_("%(who)s编制") % {"who": report.authority.name}]
    done = [True]
    if page.countersigned:
        names.append(_("%(who)s会签") % {"who": report.authority.co_issuer or _("财政")})
        done.append(report.countersigned_at is not None)
    names += [
        _("报送%(who)s") % {"who": report.recipient.name},
        _("%(who)s接收") % {"who": report.recipient.name},
    ]
    done += [report.sent_at is not None, report.state == ReportState.RECEIVED]
    first = next((n for n, one in enumerate(done) if not one), None)
    return [(name, "", "done" if done[n] else "now" if n == first else "") for n, name in enumerate(names)]


@require_safe
@require_seat(*READERS)
def paper(request: ActorRequest, uid: UUID, which: str) -> HttpResponseBase:
    """The document, its table, what goes with them (`?as=word`, `?as=excel`), or the scan with the seals."""
    report = queries.get_report(request.actor, uid)
    names = {
        "paper": _("上报件"),
        "table": _("项目汇总表"),
        "decision": _("认定决定"),
        "letter": _("推荐函"),
        "scan": _("盖章扫描件"),
    }
    name = f"{report.authority.name}-{report.round.year}-{report.seq}-{names.get(which, '')}"
    if which == "scan" and report.scan:
        return serving.sent(report.scan, name, inline=True)
    return serving.issued(queries.report_paper(request.actor, report, which), request, name)


@require_safe
@require_seat(*READERS)
def paper_page(request: ActorRequest, uid: UUID, page: int) -> HttpResponse:
    """One page of the document as a picture."""
    report = queries.get_report(request.actor, uid)
    if report.paper is None:
        raise Http404
    return serving.picture(report.paper.file, page)
