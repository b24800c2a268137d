"""The statement on cloud services, filled in from the ledger, to be sealed by both sides."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xingyun.applications.queries.statements import cloud_statement
from xingyun.web.enterprise.space import work_of
from xingyun.web.guards import ActorRequest, require_enterprise
from xingyun.web.serving import drawn


@require_safe
@require_enterprise
def statement(request: ActorRequest, uid: UUID, row: UUID) -> HttpResponse:
    """The statement of one contract's provider: a PDF, or with `?as=word` the same as Word."""
    found = cloud_statement(work_of(request, uid), row)
    if found is None:
        raise Http404
    provider, data = found
    return drawn("cloud_statement", data, request, f"{_('云端部署说明')}-{provider}")
