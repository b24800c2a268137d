"""The record of a visit, filled in from what was handed in, to be taken along."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xingyun.reviews import queries
from xingyun.reviews.queries.visits import visit_record
from xingyun.web import serving
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.desk_files import found


@require_safe
@require_seat()
def record(request: ActorRequest, uid: UUID) -> HttpResponse:
    """A PDF, or with `?as=word` the same as Word."""
    application = found(request, uid)
    work = queries.desk(request.actor, application.uid).workspace
    return serving.drawn(
        "visit_record", visit_record(work), request, f"{application.number}-{_('现场核查记录')}"
    )
