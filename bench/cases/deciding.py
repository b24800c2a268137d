"""Decisions under contention: everybody of an office at once, on the places of one line."""

import threading
import time

from django.db import connection, connections
from django.db.models import Count

from bench.measure import Row
from xingyun.applications.models import Application
from xingyun.audit.errors import Refused
from xingyun.clock import now
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority, Membership
from xingyun.registry.queries import actor_for
from xingyun.registry.states import Role
from xingyun.reviews import actions
from xingyun.reviews.models import Decision
from xingyun.reviews.queries.standing import with_relations
from xingyun.reviews.states import Outcome
from xingyun.rounds.models import QuotaLine

PEOPLE = 8
SECONDS = 6.0
LEVEL = "star-3"


def rows() -> list[Row]:
    """Alone, and eight at once on one last place: what is granted and revoked again a second."""
    office, files = _emptied()
    return [_measured(office, files, 1), _measured(office, files, PEOPLE)]


def _measured(office: Authority, files: list[Application], people: int) -> Row:
    """Everybody grants an application the last place and revokes it again, as fast as it goes."""
    actor = _seated(office, Role.PREPARER)
    taken: list[list[float]] = [[] for _n in range(people)]
    told, faults = [0] * people, [0] * people
    until = time.perf_counter() + SECONDS

    def work(n: int) -> None:
        step = n
        while time.perf_counter() < until:
            application, step = files[step % len(files)], step + 1
            begun = time.perf_counter()
            try:
                made = actions.prepare(
                    application=application,
                    level=LEVEL,
                    kind="decide",
                    outcome=Outcome.GRANTED,
                    actor=actor,
                    now=now(),
                )
                taken[n].append((time.perf_counter() - begun) * 1000)
                actions.revoke(decision=made, reason="-", actor=actor, now=now())
            except Refused:
                told[n] += 1
            except Exception:  # counted, and told in the table
                faults[n] += 1
        connections.close_all()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for line in QuotaLine.objects.filter(authority=office):
        held = Decision.objects.filter(quota_line=line, revoked_at=None).count()
        if not line.used == held <= line.cap:
            raise RuntimeError(f"{line.group}: {line.used} used, {held} held, {line.cap} places")
    every = sorted(one for some in taken for one in some) or [0.0]
    return Row(
        f"a decision on the last place, {people} at once",
        every[len(every) // 2],
        every[int(len(every) * 0.95)],
        len(every) / SECONDS,
        f"{connection.vendor}; {len(files)} applications, told {sum(told)} times, {sum(faults)} faults",
    )


def _emptied() -> tuple[Authority, list[Application]]:
    """The office with most applications granted here, all of it revoked, with a single place left."""
    live = Decision.objects.filter(revoked_at=None, level=LEVEL, outcome=Outcome.GRANTED)
    here = live.filter(application__state="accepted").order_by().values_list("authority")
    office = Authority.objects.get(pk=here.annotate(n=Count("id")).order_by("-n")[0][0])
    known = with_relations(Application.objects.filter(holder=office, state="accepted")).order_by("pk")
    files = [one for one in known if live.filter(application=one).exists()]
    signatory = _seated(office, Role.SIGNATORY)
    for decision in Decision.objects.filter(application__in=files, revoked_at=None).order_by("-rank"):
        actions.revoke(decision=decision, reason="-", actor=signatory, now=now())
    QuotaLine.objects.filter(authority=office, used=0).update(cap=1)
    return office, files


def _seated(office: Authority, role: str) -> Actor:
    seat = Membership.objects.filter(authority=office, role=role).select_related("user").earliest("id")
    return actor_for(seat.user)
