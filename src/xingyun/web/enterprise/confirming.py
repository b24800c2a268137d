"""Asking the provider of a contract to confirm online what the contract does not say."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from xingyun import clock
from xingyun.accounts.adapter import network_address
from xingyun.applications import actions
from xingyun.applications.models import Application
from xingyun.applications.permissions import is_open
from xingyun.applications.states import State
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.evidence.actions import confirmations as limits
from xingyun.evidence.models import Contract
from xingyun.evidence.queries import confirmations, confirmations_of_row, contracts
from xingyun.rounds.queries import rulebook_of
from xingyun.web import answers
from xingyun.web.confirmations import standing, worth
from xingyun.web.enterprise.ledger_forms import REQUIRED
from xingyun.web.enterprise.mine import mine
from xingyun.web.enterprise.places import at
from xingyun.web.enterprise.space import around
from xingyun.web.guards import ActorRequest, require_enterprise

PAGE = "enterprise/confirmation.html"


class AskForm(forms.Form):
    """Where the link goes, and what is to be confirmed."""

    use_required_attribute = False

    address = forms.CharField(
        label=gettext_lazy("提供方的电子邮箱"),
        max_length=254,
        help_text=gettext_lazy("用提供方单位的邮箱；审核人员看得到发到哪里"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": REQUIRED},
    )
    services = forms.CharField(
        label=gettext_lazy("请它确认的云服务、云产品"),
        max_length=limits.LONGEST,
        help_text=gettext_lazy("写清部署在哪个云平台、是什么服务"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": REQUIRED},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@require_enterprise
def confirmation(request: ActorRequest, uid: UUID, row: UUID) -> HttpResponse:
    """How it stands with one contract; a POST asks its provider."""
    application = mine(request, uid)
    contract = _contract(application, row)
    form = AskForm(request.POST if request.method == "POST" else None, initial=_begun(application, contract))
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_confirmation(
                application=application,
                contract=row,
                network=network_address(request),
                actor=request.actor,
                now=clock.now(),
                **form.cleaned_data,
            )
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        else:
            said = _("确认链接已发给提供方。它回答以后会发消息给您。")
            return answers.done(request, said, at("application_confirmation", application, row))
    context = _context(application, contract, form)
    return answers.page(request, PAGE, context, status=422 if form.errors else 200)


@require_POST
@require_enterprise
def again(request: ActorRequest, uid: UUID, row: UUID) -> HttpResponse:
    """Another letter with another link."""
    said = _("已再发一次，以前的链接不能再用。")
    return _of_asking(request, uid, row, actions.ask_confirmation_again, said)


@require_POST
@require_enterprise
def withdraw(request: ActorRequest, uid: UUID, row: UUID) -> HttpResponse:
    """The provider is not asked any more."""
    said = _("已撤回，提供方的链接不能再用。")
    return _of_asking(request, uid, row, actions.withdraw_confirmation, said)


def _of_asking(
    request: ActorRequest, uid: UUID, row: UUID, act: Callable[..., object], said: str
) -> HttpResponse:
    """An act on the asking that the page showed, and what is `said` once it is done."""
    application, seen = mine(request, uid), request.POST.get("seen", "")
    contract = _contract(application, row)
    try:
        act(application=application, contract=row, seen=seen, actor=request.actor, now=clock.now())
    except Refused as refused:
        return answers.again(request, refused, PAGE, _context(application, contract))
    return answers.done(request, said, at("application_confirmation", application, row))


def _contract(application: Application, row: UUID) -> Contract:
    """A contract of one's own ledger that does not say cloud, where the rulebook lets it be confirmed."""
    found = contracts(application.dossier).filter(uid=row, says_cloud=False).first()
    if found is None or rulebook_of(application.edition).confirming is None:
        raise NotAllowed("")
    return found


def _begun(application: Application, contract: Contract) -> dict[str, str]:
    """What was typed the last time, else the contract's own words."""
    past = confirmations_of_row(application.dossier, contract.uid)
    if past:
        return {"address": past[0].address, "services": past[0].told["services"]}
    return {"services": contract.title}


def _context(application: Application, contract: Contract, form: AskForm | None = None) -> dict[str, Any]:
    book, now = rulebook_of(application.edition), clock.now()
    assert book.confirming is not None
    one = confirmations(application.dossier, book, [contract]).get(contract.uid)
    stands = standing(contract, one, now)
    return {
        **around(application, "form", None),
        "contract": contract,
        "stands": stands,
        "past": [c for c in confirmations_of_row(application.dossier, contract.uid) if c != one],
        "form": form or AskForm(initial=_begun(application, contract)),
        "askable": not stands.waits and stands.key != "confirmed",
        "may": _may(application, book.confirming.key),
        "mails": bool(settings.MAIL_URL),
        "days": limits.DAYS,
        "letters": limits.LETTERS,
        "material": book.confirming,
        "worth": worth(book),
        "book": book,
        "refused": None,
    }


def _may(application: Application, material: str) -> bool:
    """Whether it may be asked now; what follows is refused by the act itself."""
    if application.state == State.RETURNED:
        return is_open(application.unlocked, f"material:{material}")
    return application.state == State.DRAFT
