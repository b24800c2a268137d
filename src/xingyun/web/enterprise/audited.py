"""The total of the audit report: typed from the paper, so that it stands beside what the ledger comes to."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from xingyun import clock
from xingyun.applications import actions
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.rounds.queries import rulebook_of
from xingyun.web import answers
from xingyun.web.enterprise.ledger_forms import Fen
from xingyun.web.enterprise.mine import mine
from xingyun.web.enterprise.places import at
from xingyun.web.enterprise.readings import asked_for
from xingyun.web.enterprise.space import around, work_of
from xingyun.web.guards import ActorRequest, require_enterprise
from xingyun.web.wording import yuan

FORM = "enterprise/ledger_form.html"


class AuditedForm(forms.Form):
    """One sum, or none."""

    use_required_attribute = False

    fen = Fen(
        label=gettext_lazy("审核报告写的上云支出合计（元）"),
        required=False,
        help_text=gettext_lazy("照报告的结论填；还没有报告的留空"),
    )

    def clean_fen(self) -> int | None:
        """The sum in fen; None where nothing is typed."""
        given = self.cleaned_data["fen"]
        return None if given == "" else given


@require_http_methods(["GET", "HEAD", "POST"])
@require_enterprise
def audited(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Say what the report says, change it, or take it back by leaving it empty."""
    application = mine(request, uid)
    if not rulebook_of(application.edition).keeps_ledger:
        raise NotAllowed("")
    known, read = application.dossier.audited_fen, None
    if file := request.GET.get("file", ""):
        read = asked_for(work_of(request, uid), file, request.GET.get("n", ""), "audit")
    if known is None and read is not None and isinstance(total := read.piece.value("total_fen"), int):
        known = total
    form = AuditedForm(
        request.POST if request.method == "POST" else None,
        initial={"fen": "" if known is None else yuan(known)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.state_audited_total(
                application=application, fen=form.cleaned_data["fen"], actor=request.actor, now=clock.now()
            )
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        else:
            return answers.done(request, _("已记入台账。"), at("application_ledger", application))
    heading = _("审核报告的合计")
    context: dict[str, Any] = {
        **around(application, "form", None),
        "form": form,
        "heading": heading,
        "read": read,
    }
    return answers.page(request, FORM, context, status=422 if form.errors else 200)
