"""The application that a confirmation belongs to, and why a provider can't answer it any more."""

from django.utils.translation import gettext as _

from xingyun.applications.models import Application
from xingyun.applications.states import CLOSED_FOR_GOOD
from xingyun.evidence.models import Confirmation, Contract
from xingyun.evidence.queries import said


def application_of(one: Confirmation) -> Application:
    """The last application that goes by this ledger."""
    known = Application.objects.select_related("edition", "round", "enterprise", "dossier")
    return known.defer("edition__source").filter(dossier=one.dossier_id).latest("id")


def why_over(application: Application, one: Confirmation, contract: Contract | None) -> str:
    """Why nothing can be answered although the link is good; empty where it can.

    What the provider is shown must be what the contract still says.
    """
    if application.state in CLOSED_FOR_GOOD:
        return _("这份申报已经结束，不用再确认。")
    if contract is None or contract.says_cloud:
        return _("申报企业已经不用请您确认这份合同。")
    if said(contract) != one.said:
        return _("申报企业请您确认之后改了这份合同。请等它按现在的内容重新发来。")
    return ""
