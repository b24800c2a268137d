"""Providers confirm online what contracts do not say (二、4): the applicant asks, the provider answers."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from xingyun.applications.actions.checking import have_checked
from xingyun.applications.actions.editing import editing
from xingyun.applications.models import Application
from xingyun.applications.permissions import may_act_for
from xingyun.applications.queries.confirming import application_of, why_over
from xingyun.audit import Acting, Named
from xingyun.audit import actions as audit
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.clock import ZONE
from xingyun.evidence import actions as evidence
from xingyun.evidence.actions import Answer, Asked
from xingyun.evidence.models import Confirmation, Contract
from xingyun.evidence.queries import contract_of, contracts
from xingyun.messages import actions as messages
from xingyun.registry.actors import Actor
from xingyun.rounds.queries import rulebook_of


def ask_confirmation(
    *,
    application: Application,
    contract: UUID,
    services: str,
    address: str,
    network: str,
    actor: Actor,
    now: datetime,
) -> Confirmation:
    """Mail the provider of a contract a link by which it confirms that `services` of it are of the cloud.

    The applicant never sees the link: it could confirm to itself. Raises NotAllowed, Refused with `field`,
    Conflict.
    """
    act, places = "confirmation.asked", (_place(application),)
    with editing(application=application, act=act, places=places, actor=actor, now=now) as edit:
        _mail_is_set_up()
        found = _contract(edit.application, contract)
        asked = evidence.ask(
            dossier=edit.application.dossier,
            contract=found,
            told=_told(application, found, services),
            address=address,
            person=actor.person,
            network=network,
            now=now,
        )
        _mail(edit.application, asked, now)
        edit.say(**_body(asked.confirmation))
    return asked.confirmation


def ask_confirmation_again(
    *, application: Application, contract: UUID, seen: str, actor: Actor, now: datetime
) -> Confirmation:
    """Send another link in place of the first. `seen` is the id of the asking that the page showed."""
    act, places = "confirmation.mailed", (_place(application),)
    with editing(application=application, act=act, places=places, actor=actor, now=now) as edit:
        _mail_is_set_up()
        found, before = _contract(edit.application, contract), _seen(edit.application, contract, seen)
        asked = evidence.ask_again(confirmation=before, contract=found, now=now)
        _mail(edit.application, asked, now)
        edit.say(**_body(asked.confirmation), sent=asked.confirmation.sent)
    return asked.confirmation


def withdraw_confirmation(
    *, application: Application, contract: UUID, seen: str, actor: Actor, now: datetime
) -> None:
    """The provider is not asked any more; possible as long as it has not answered."""
    may_act_for(actor, application)
    with _counting(application):
        one = _seen(application, contract, seen)
        evidence.take_back(confirmation=one, now=now)
        _record(application, "withdrawn", one, actor, now)


def answer_confirmation(*, confirmation: Confirmation, answer: Answer, now: datetime) -> Confirmation:
    """What the provider answers through its link, once and for good.

    Raises Refused when the contract was changed or taken out since, or the application is over; with
    `field` for what is typed; Conflict when the link was used, replaced or withdrawn in the same moment.
    """
    application = application_of(confirmation)
    with _counting(application):
        if why := why_over(application, confirmation, contract_of(confirmation)):
            raise Refused(why)
        made = evidence.take_answer(confirmation=confirmation, answer=answer, now=now)
        have_checked(application=application, now=now)
        _tell(application, made, now)
        provider = Named(f"provider:{made.provider_uscc}", made.provider)
        reason = hashlib.sha256(made.reason.encode()).hexdigest()
        _record(application, "answered", made, provider, now, answer=made.state, reason=reason)
    return made


@contextmanager
def _counting(application: Application) -> Iterator[None]:
    """Hold the application, and count: what is kept of it is another thing afterwards."""
    with transaction.atomic():
        Application.objects.select_for_update().only("pk").get(pk=application.pk)
        application.refresh_from_db()
        yield
        Application.objects.filter(pk=application.pk).update(parts_rev=F("parts_rev") + 1)


def _place(application: Application) -> str:
    """Where in the application it belongs: the material for which it is asked."""
    material = rulebook_of(application.edition).confirming
    if material is None:
        raise NotAllowed(_("本轮规则没有提供方在线确认。"))
    return f"material:{material.key}"


def _mail_is_set_up() -> None:
    if not settings.MAIL_URL:
        raise Refused(_("本系统还没有接通邮件，发不出确认链接。请下载填好的说明，由双方盖章。"))


def _contract(application: Application, uid: UUID) -> Contract:
    found = contracts(application.dossier).filter(uid=uid).first()
    if found is None:
        raise NotAllowed(_("台账里没有这份合同。"))
    return found


def _seen(application: Application, contract: UUID, uid: str) -> Confirmation:
    own = Confirmation.objects.filter(dossier=application.dossier_id, row=contract)
    found = next((one for one in own if str(one.uid) == uid), None)
    if found is None:
        raise NotAllowed(_("没有找到这一次请求，请刷新页面。"))
    return found


def _told(application: Application, contract: Contract, services: str) -> dict[str, Any]:
    """What the provider is shown, of this contract and nothing else; sums in fen, days as ISO text."""
    return {
        "applicant": application.enterprise.name,
        "applicant_uscc": application.enterprise.uscc,
        "number": contract.number,
        "title": contract.title,
        "signed_on": contract.signed_on.isoformat(),
        "starts_on": contract.starts_on.isoformat() if contract.starts_on else "",
        "ends_on": contract.ends_on.isoformat() if contract.ends_on else "",
        "amount_fen": contract.amount_fen,
        "deployment": contract.deployment,
        "services": services,
    }


def _body(one: Confirmation) -> dict[str, str]:
    return {"confirmation": str(one.uid), "contract": str(one.row), "said": one.said}


def _record(
    application: Application, what: str, one: Confirmation, actor: Acting, now: datetime, **more: str
) -> None:
    act, body = f"application.confirmation.{what}", {**_body(one), **more}
    audit.append(stream=application.stream, act=act, actor=actor, body=body, now=now)


def _mail(application: Application, asked: Asked, now: datetime) -> None:
    """In the language of the papers, whatever the applicant reads."""
    one = asked.confirmation
    with override(settings.LANGUAGE_CODE):
        body = _(
            "%(provider)s：\n\n%(applicant)s 申报%(award)s，请贵单位确认合同 %(number)s（%(title)s）"
            "中的云服务。请在 %(until)s 前打开下面的链接，核对后选“确认”或“不予确认”。"
            "链接只能用一次，请不要转发给申报企业。\n\n"
            "不是贵单位的合同，请选“不予确认”；收错了邮件的，不用理会。"
        )
        said = {
            "provider": one.provider,
            "applicant": one.told["applicant"],
            "award": rulebook_of(application.edition).programme.award,
            "number": one.told["number"],
            "title": one.told["title"],
            "until": one.expires_at.astimezone(ZONE).strftime("%Y-%m-%d %H:%M"),
        }
        messages.letter(
            user_id=None,
            address=one.address,
            subject=_("请确认一份合同中的云服务"),
            body=body % said,
            link=f"/confirm/{asked.token}/",
            dedupe_key=f"confirm:{one.uid}:{one.sent}",
            now=now,
        )


def _tell(application: Application, one: Confirmation, now: datetime) -> None:
    """Whoever asked, once."""
    said = {"provider": one.provider, "number": one.told["number"], "reason": one.reason}
    if one.reason:
        subject = _("提供方不予确认一份合同")
        body = _("%(provider)s 不予确认合同 %(number)s：%(reason)s") % said
    else:
        subject, body = _("提供方确认了一份合同"), _("%(provider)s 确认了合同 %(number)s 中的云服务。") % said
    messages.send(
        to=[one.asked_by_id],
        subject=subject,
        body=body,
        link=f"/enterprise/applications/{application.uid}/ledger/{one.row}/confirmation/",
        about=application.stream,
        dedupe_key=f"confirmation:{one.uid}",
        now=now,
    )
