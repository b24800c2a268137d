"""Registering an enterprise, and the authority's ruling on it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xingyun.accounts import actions as accounts
from xingyun.audit import actions as audit
from xingyun.audit.errors import Conflict, Refused, Revealing
from xingyun.files.models import File
from xingyun.messages import actions as messages
from xingyun.pinyin import syllables
from xingyun.registry.actions.passwords import mail_address_check
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority, Enterprise, Member, SearchText
from xingyun.registry.permissions import may_decide_registration, may_manage_people
from xingyun.registry.queries import members_of, people_of
from xingyun.registry.searching import grams, kept
from xingyun.registry.states import EnterpriseState, MemberRole, Role
from xingyun.rulebook import uscc as codes


def register_enterprise(
    *,
    uscc: str,
    name: str,
    address: str,
    authority: Authority,
    username: str,
    password: str,
    person: str,
    phone: str,
    email: str,
    licence: File,
    authorisation: File,
    now: datetime,
) -> Enterprise:
    """Register an enterprise with its first person. It may act once its authority has activated it.

    Raises Refused with `field`: a wrong code, a code that is registered already, a taken user name.
    """
    code = codes.normalise(uscc)
    if wrong := codes.fault(code):
        raise Refused(wrong.text.say(get_language() or ""), field="uscc")
    with transaction.atomic():
        user = accounts.create_user(
            username=username, password=password, now=now, name=person, email=email, phone=phone
        )
        enterprise = _create(code, name, address, authority, licence, authorisation, now)
        Member.objects.create(enterprise=enterprise, user=user, role=MemberRole.HOLDER)
        mail_address_check(user=user, now=now)
        _tell_office(enterprise, now)
        body = {"uscc": code, "authority": authority.key, "licence": licence.sha256}
        actor = Actor(user.pk, user.label)
        audit.append(stream=enterprise.stream, act="enterprise.registered", actor=actor, body=body, now=now)
    return enterprise


def mend_registration(
    *,
    enterprise: Enterprise,
    name: str,
    address: str,
    licence: File | None,
    authorisation: File | None,
    actor: Actor,
    now: datetime,
) -> None:
    """Hand a refused registration in again, put right; a paper that is None stays as it was."""
    may_manage_people(actor, enterprise)
    if not name.strip():
        raise Refused(_("请填写企业名称。"), field="name")
    papers = {"licence": licence, "authorisation": authorisation}
    fresh = {which: file for which, file in papers.items() if file is not None}
    with transaction.atomic():
        changed = Enterprise.objects.filter(pk=enterprise.pk, state=EnterpriseState.REFUSED).update(
            name=name.strip(),
            pinyin=" ".join(syllables(name.strip())),
            address=address.strip(),
            state=EnterpriseState.PENDING,
            **fresh,
        )
        if not changed:
            raise Conflict(_("这家企业的注册现在不用改，请刷新页面查看状态。"))
        enterprise.refresh_from_db()
        make_findable(enterprises=[enterprise])
        _tell_office(enterprise, now)
        body = {which: file.sha256 for which, file in fresh.items()}
        audit.append(stream=enterprise.stream, act="enterprise.mended", actor=actor, body=body, now=now)


def _tell_office(enterprise: Enterprise, now: datetime) -> None:
    messages.send(
        to=people_of(enterprise.authority_id, Role.PREPARER),
        subject=_("有企业注册待激活"),
        body=_("“%s”已提交营业执照和授权书，请核对后激活。") % enterprise.name,
        link="/officials/registrations/",
        dedupe_key=f"registered:{enterprise.uid}:{now:%Y%m%d%H%M%S}",
        now=now,
    )


def _create(
    code: str,
    name: str,
    address: str,
    authority: Authority,
    licence: File,
    authorisation: File,
    now: datetime,
) -> Enterprise:
    try:
        with transaction.atomic():
            made = Enterprise.objects.create(
                uscc=code,
                name=name.strip(),
                pinyin=" ".join(syllables(name.strip())),
                address=address.strip(),
                authority=authority,
                licence=licence,
                authorisation=authorisation,
                created_at=now,
            )
    except IntegrityError as error:
        said = _("这个统一社会信用代码已经注册。请注册的人在“成员”里邀请您；找不到人的，可以申请接管。")
        raise Revealing(said, field="uscc") from error
    make_findable(enterprises=[made])
    return made


def make_findable(*, enterprises: Iterable[Enterprise]) -> None:
    """Keep what these enterprises are found by, in place of what was kept before."""
    texts = ((one.pk, kept(one.name, one.pinyin, one.uscc)) for one in enterprises)
    SearchText.objects.bulk_create(
        [SearchText(enterprise_id=pk, words=text, grams=grams(text)) for pk, text in texts],
        update_conflicts=True,
        unique_fields=["enterprise"],
        update_fields=["words", "grams"],
        batch_size=1000,
    )


def activate(*, enterprise: Enterprise, actor: Actor, now: datetime) -> None:
    """The authority has compared licence and authorisation: the enterprise may act from now on."""
    may_decide_registration(actor, enterprise)
    with transaction.atomic():
        _decide(enterprise, EnterpriseState.ACTIVE, "", now)
        messages.send(
            to=members_of(enterprise.pk),
            subject=_("企业账号已激活"),
            body=_("“%s”的账号已激活，可以开始申报。") % enterprise.name,
            link="/enterprise/",
            dedupe_key=f"activated:{enterprise.uid}",
            now=now,
        )
        audit.append(stream=enterprise.stream, act="enterprise.activated", actor=actor, body={}, now=now)


def refuse_activation(*, enterprise: Enterprise, reason: str, actor: Actor, now: datetime) -> None:
    """The papers do not show that these people act for the enterprise; the reason is told to them."""
    may_decide_registration(actor, enterprise)
    if not reason.strip():
        raise Refused(_("请写明不予激活的理由，企业会看到它。"), field="reason")
    with transaction.atomic():
        _decide(enterprise, EnterpriseState.REFUSED, reason.strip(), now)
        messages.send(
            to=members_of(enterprise.pk),
            subject=_("企业账号未予激活"),
            body=reason.strip(),
            link="/enterprise/",
            dedupe_key=f"not-activated:{enterprise.uid}",
            now=now,
        )
        audit.append(stream=enterprise.stream, act="enterprise.refused", actor=actor, body={}, now=now)


def _decide(enterprise: Enterprise, state: EnterpriseState, refusal: str, now: datetime) -> None:
    changed = Enterprise.objects.filter(pk=enterprise.pk, state=EnterpriseState.PENDING).update(
        state=state, refusal=refusal, activated_at=now if state == EnterpriseState.ACTIVE else None
    )
    if not changed:
        raise Conflict(_("这家企业的注册已经有人办理了，请刷新页面查看结果。"))
    enterprise.refresh_from_db()


def move_enterprise(*, enterprise: Enterprise, to: Authority) -> None:
    """Another office looks after the enterprise from now on; the act that says why records it."""
    Enterprise.objects.filter(pk=enterprise.pk).update(authority=to)
