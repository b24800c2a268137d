"""What holds whenever nobody is in the middle of an act."""

from collections.abc import Mapping

from tests.machines.tables import AGREED, DECLINED, OPEN

from xingyun.applications.models import Application, StateChange
from xingyun.applications.states import TRANSITIONS, State
from xingyun.audit.verify import verify
from xingyun.jobs.models import Job
from xingyun.results.models import Award, NoticeLine, Objection
from xingyun.reviews.models import Appeal, Decision, Report, WithdrawalRequest
from xingyun.rounds.models import QuotaLine


def states() -> dict[str, dict[int, str]]:
    """The state of every thing that has a table."""
    return {
        "application": dict(Application.objects.order_by("pk").values_list("pk", "state")),
        "report": dict(Report.objects.order_by("pk").values_list("pk", "state")),
        "objection": dict(Objection.objects.order_by("pk").values_list("pk", "state")),
        "appeal": _answers(dict(Appeal.objects.order_by("pk").values_list("pk", "upheld"))),
        "request": _answers(dict(WithdrawalRequest.objects.order_by("pk").values_list("pk", "agreed"))),
        "job": dict(Job.objects.order_by("pk").values_list("pk", "state")),
    }


def everything(told: list[str]) -> None:
    """The record is whole, histories are walks along the table, places are those of live grants."""
    assert not list(verify()), told
    histories(told)
    places(told)
    titles(told)


def histories(told: list[str]) -> None:
    """Each history goes from the draft, by the acts of the table, to the state that is."""
    walked: dict[int, list[StateChange]] = {}
    for step in StateChange.objects.order_by("application_id", "seq"):
        walked.setdefault(step.application_id, []).append(step)
    for pk, state in Application.objects.order_by("pk").values_list("pk", "state"):
        at = ""
        for n, step in enumerate(walked[pk], start=1):
            assert (step.seq, step.source) == (n, at), told
            if at:
                act = TRANSITIONS[State(at)].get(State(step.target))
                assert act == step.act, [at, step.target, step.act, *told]
            at = step.target
        assert at == state, told


def places(told: list[str]) -> None:
    """As many places are used as live grants hold, and never more than there are."""
    held: dict[int, int] = {}
    for line in Decision.objects.filter(revoked_at=None).order_by("pk").values_list("quota_line", flat=True):
        held[line] = held.get(line, 0) + 1
    for line in QuotaLine.objects.order_by("pk"):
        assert line.used == held.get(line.pk, 0) <= line.cap, [line.group, line.used, line.cap, *told]


def titles(told: list[str]) -> None:
    """Who is awarded has a live title; whoever went has no decision that lives and no line that stands."""
    for award in Award.objects.select_related("application", "title").order_by("pk"):
        assert (award.title.revoked_at is None) == (award.application.state == State.AWARDED), told
    awarded = set(Award.objects.order_by("pk").values_list("application_id", flat=True))
    gone = Application.objects.filter(state__in=[State.WITHDRAWN, State.DISQUALIFIED]).exclude(pk__in=awarded)
    assert not Decision.objects.filter(application__in=gone, revoked_at=None).exists(), told
    assert not NoticeLine.objects.filter(application__in=gone, struck_at=None).exists(), told


def _answers(known: Mapping[int, bool | None]) -> dict[int, str]:
    words = {None: OPEN, True: AGREED, False: DECLINED}
    return {pk: words[answer] for pk, answer in known.items()}
