"""One table of answers: its columns matched, its way, what came of it."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingyun import clock
from xingyun.audit.errors import Refused
from xingyun.jobs.queries import latest
from xingyun.jobs.states import OPEN, State
from xingyun.registry.actions.roster.handing_in import heads_of, lines_of
from xingyun.registry.actors import OFFICIAL
from xingyun.reviews import actions
from xingyun.reviews.actions.answers import KIND
from xingyun.reviews.actions.answers.columns import guess
from xingyun.reviews.models import AnswerSheet
from xingyun.reviews.queries import asking
from xingyun.reviews.states import ANSWER_NEEDED, AnswerField
from xingyun.rounds.queries import rulebook_of
from xingyun.web import answers, serving
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.columns import chosen
from xingyun.web.officials.offices import offices
from xingyun.web.officials.roster_loads import matched, row_of, steps

PAGE = "officials/answer_sheet.html"


@require_safe
@require_seat(*OFFICIAL)
def detail(request: ActorRequest, office: str, uid: UUID) -> HttpResponse:
    """Which column is which; later how far it is; in the end what came of it."""
    made = the_sheet(request, office, uid)
    return answers.page(request, PAGE, context_of(request, made, row_of(request.GET.get("head", ""), made)))


def context_of(request: ActorRequest, made: AnswerSheet, head: int) -> dict[str, object]:
    """What the page shows."""
    job = latest(kind=KIND, key=str(made.uid))
    lines = lines_of(made)
    columns = made.columns
    if head != made.head:
        columns = guess(made.authority, made.condition, heads_of(lines, head))
    return {
        "made": made,
        "check": asking.task(rulebook_of(made.round.edition), made.authority.key, made.condition).check,
        "job": job if job and made.ended_at is None else None,
        "running": bool(job and job.state in OPEN and made.ended_at is None),
        "failed": bool(job and job.state == State.FAILED and made.ended_at is None),
        "follows": bool(job and job.owner_id == request.actor.user_id),
        "head": head,
        "lines": lines,
        "rows": made.preview["count"] - sum(line.number <= head for line in lines),
        "columns": list(matched(made, head, columns)),
        "fields": [(field.value, field.label, field in ANSWER_NEEDED) for field in AnswerField],
        "steps": steps(made, job),
    }


@require_POST
@require_seat(*OFFICIAL)
def start(request: ActorRequest, office: str, uid: UUID) -> HttpResponse:
    """Record the answers with the columns as they were matched."""
    made = the_sheet(request, office, uid)
    at = row_of(request.POST.get("head", ""), made)
    width = max((len(line.cells) for line in lines_of(made)), default=0)
    columns, twice = chosen(request.POST, AnswerField.values, width)
    try:
        if twice:
            said = _("“%s”选了两列。请只留一列。") % AnswerField(twice).label
            raise Refused(said, field="columns")
        actions.start_answers(made=made, head=at, columns=columns, actor=request.actor, now=clock.now())
    except Refused as refused:
        context = {**context_of(request, made, at), "columns": list(matched(made, at, columns))}
        return answers.again(request, refused, PAGE, context)
    return answers.done(request, _("已开始登记，做完后在这一页显示结果。"), "answer_sheet", office, uid)


@require_safe
@require_seat(*OFFICIAL)
def refused_rows(request: ActorRequest, office: str, uid: UUID) -> FileResponse:
    """The refused rows as a table, to be mended and handed in again."""
    made = the_sheet(request, office, uid)
    if made.report is None:
        raise Http404
    return serving.sent(made.report, _("要改的行-%s.xlsx") % made.name.rsplit(".", 1)[0][:60])


@require_safe
@require_seat(*OFFICIAL)
def proof(request: ActorRequest, office: str, uid: UUID) -> FileResponse:
    """The scan of the answer."""
    made = the_sheet(request, office, uid)
    if made.proof is None:
        raise Http404
    return serving.sent(made.proof, made.number or made.source, inline=True)


def the_sheet(request: ActorRequest, office: str, uid: UUID) -> AnswerSheet:
    """The table of an office in which this person works."""
    own = [one for one in offices(request.actor, *OFFICIAL) if one.key == office]
    known = AnswerSheet.objects.select_related(
        "authority", "round__edition", "asked_by", "report", "file", "proof"
    )
    return get_object_or_404(known.defer("round__edition__source"), authority__in=own, uid=uid)
