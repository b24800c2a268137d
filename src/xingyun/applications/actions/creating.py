"""Beginning an application: one a round, under the round's edition, what the register knows filled in."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from xingyun.applications import permissions
from xingyun.applications.actions import transitions
from xingyun.applications.actions.promoting import promoted
from xingyun.applications.models import Application, Counter
from xingyun.applications.states import State
from xingyun.audit.errors import Refused
from xingyun.evidence import actions as evidence
from xingyun.registry.actors import Actor
from xingyun.registry.models import Enterprise
from xingyun.rounds.models import Round
from xingyun.rounds.queries import rulebook_of
from xingyun.rounds.states import RoundState
from xingyun.rulebook import Rulebook


def create(*, enterprise: Enterprise, round: Round, actor: Actor, now: datetime) -> Application:
    """Begin the enterprise's application. Raises NotAllowed, Refused; one that is there already is Refused.

    A draft may be begun before the window opens; it can be handed in only inside it.
    """
    permissions.may_create(actor, enterprise)
    permissions.not_shut_out(enterprise, round, now)
    try:
        with transaction.atomic():
            held = _held(round)
            if held.state != RoundState.OPEN:
                raise Refused(_("这一批次不在进行中，暂时不能填报。"))
            return _create(enterprise, held, rulebook_of(held.edition), actor, now)
    except IntegrityError as error:
        raise Refused(_("贵单位在本批次已经有一份申请，请继续填写那一份。")) from error


def _held(round: Round) -> Round:
    """The round as it is now, its edition held: nobody begins under one that is just being replaced."""
    Round.objects.select_for_update(no_key=True).only("pk").get(pk=round.pk)
    rows = Round.objects.select_related("programme", "edition").defer("edition__source", "edition__contacts")
    return rows.get(pk=round.pk)


def _create(
    enterprise: Enterprise, round: Round, rulebook: Rulebook, actor: Actor, now: datetime
) -> Application:
    dossier = evidence.open_dossier(enterprise=enterprise, round=round)
    answers = _first_answers(enterprise, round, rulebook)
    application = Application.objects.create(
        number=_number(round, enterprise),
        round=round,
        edition=round.edition,
        enterprise=enterprise,
        authority=enterprise.authority,
        holder=enterprise.authority,
        dossier=dossier,
        answers=answers,
        created_at=now,
        **promoted(rulebook, answers),
    )
    body = {"number": application.number, "edition": round.edition.digest, "uscc": enterprise.uscc}
    transitions.begin(application=application, actor=actor, now=now, body=body)
    return application


def _first_answers(enterprise: Enterprise, round: Round, rulebook: Rulebook) -> dict[str, str]:
    """What was typed into an application that was withdrawn, else what the register knows."""
    withdrawn = Application.objects.filter(round=round, enterprise=enterprise, state=State.WITHDRAWN)
    if before := withdrawn.order_by("-id").first():
        return dict(before.answers)
    known = {
        "applicant_name": enterprise.name,
        "uscc": enterprise.uscc,
        "registered_address": enterprise.address,
    }
    return {f.key: known[f.role] for f in rulebook.form.fields if f.prefill and f.role in known}


def _number(round: Round, enterprise: Enterprise) -> str:
    """The next number of the authority in the round, such as 370112-2020-0087.

    The round's own number and programme stand in it where they are needed to tell it from others.
    """
    authority = enterprise.authority
    Counter.objects.bulk_create([Counter(round=round, authority=authority)], ignore_conflicts=True)
    Counter.objects.filter(round=round, authority=authority).update(last=F("last") + 1)
    last = Counter.objects.values_list("last", flat=True).get(round=round, authority=authority)
    first_of_all = round.number == 1 and round.programme_id == _first_programme(round.year)
    series = str(round.year) if first_of_all else f"{round.year}.{round.pk}"
    return f"{authority.code or authority.key}-{series}-{last:04d}"


def _first_programme(year: int) -> int | None:
    return Round.objects.filter(year=year).order_by("id").values_list("programme_id", flat=True).first()
