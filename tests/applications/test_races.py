"""Many hands at the same moment: nothing twice, nothing lost."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from tests.factories.applications import Made, bind, make_application, pdf
from tests.factories.ground import Ground

from xingyun.applications import actions, queries
from xingyun.applications.actions import FieldConflict
from xingyun.applications.models import Application, Attachment, Booklet, StateChange, Submission
from xingyun.applications.states import State
from xingyun.audit.errors import Conflict, Refused
from xingyun.audit.models import Entry
from xingyun.jobs.models import Job
from xingyun.messages.models import Message

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 6


def at_once(acts: list[Callable[[], object]]) -> list[object]:
    """Do all of them from one barrier; what each returned or raised, in order."""
    barrier = threading.Barrier(len(acts))
    results: list[object] = [None] * len(acts)

    def hand(n: int) -> None:
        try:
            barrier.wait()
            results[n] = acts[n]()
        except Exception as error:
            results[n] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=hand, args=(n,)) for n in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def save(made: Made, field: str, raw: str, seen: str = "") -> Callable[[], object]:
    """Type into a field, from an own copy of the application."""
    application = made.fresh()
    return lambda: actions.save_answer(
        application=application,
        field=field,
        raw=raw,
        seen=actions.digest(seen),
        actor=made.actor,
        now=made.ground.now,
    )


def submit(made: Made) -> Callable[[], object]:
    """Press the button, from an own copy."""
    application = made.fresh()
    return lambda: actions.submit(application=application, actor=made.actor, now=made.ground.now)


def test_of_many_submissions_one(ground: Ground) -> None:
    made = make_application(ground)
    bind(made, now=ground.now)
    results = at_once([submit(made) for _ in range(HANDS)])
    assert sum(isinstance(r, Submission) for r in results) == 1, results
    assert sum(isinstance(r, Conflict) for r in results) == HANDS - 1, results
    assert Submission.objects.count() == 1
    assert StateChange.objects.filter(application=made.application, act="submit").count() == 1
    assert Entry.objects.filter(act="application.submit").count() == 1
    assert Job.objects.filter(kind="applications.receipt").count() == 1
    assert Message.objects.filter(dedupe_key__startswith="submitted:").count() == 1


def test_different_fields_at_once_are_all_kept(ground: Ground) -> None:
    made = make_application(ground, complete=False)
    fields = [f.key for f in ground.book.form.fields if not made.application.answers.get(f.key)][:HANDS]
    results = at_once([save(made, field, f"第{n}人") for n, field in enumerate(fields)])
    assert all(isinstance(r, actions.Saved) for r in results), results
    answers = made.fresh().answers
    assert [answers[field] for field in fields] == [f"第{n}人" for n in range(len(fields))]


def test_one_field_at_once_keeps_one_and_tells_the_others(ground: Ground) -> None:
    made = make_application(ground, complete=False)
    results = at_once([save(made, "scope", f"第{n}人") for n in range(HANDS)])
    saved = [n for n, r in enumerate(results) if isinstance(r, actions.Saved)]
    told = [r for r in results if isinstance(r, FieldConflict)]
    assert (len(saved), len(told)) == (1, HANDS - 1), results
    assert {conflict.theirs for conflict in told} == {f"第{saved[0]}人"}
    assert made.fresh().answers["scope"] == f"第{saved[0]}人"


def test_typing_while_it_is_handed_in(ground: Ground) -> None:
    """Either the text is in what was handed in, or it was refused; never saved behind its back."""
    for n in range(5):
        made = make_application(ground)
        bind(made, now=ground.now)
        before = made.fresh().answers["scope"]
        handed, typed = at_once([submit(made), save(made, "scope", f"抢着改{n}", before)])
        stored = made.fresh()
        if isinstance(handed, Submission):
            assert handed.facts["answers"]["scope"] == stored.answers["scope"]
            assert isinstance(typed, Conflict) or stored.answers["scope"] == before
        else:
            assert isinstance(handed, Refused), handed
            assert isinstance(typed, actions.Saved), typed
            assert stored.state == State.DRAFT


def test_a_file_while_it_is_handed_in(ground: Ground) -> None:
    for n in range(5):
        made = make_application(ground)
        bind(made, now=ground.now)
        application, file = made.fresh(), pdf(f"late {n}", 1, ground.now)
        handed, attached = at_once(
            [
                submit(made),
                lambda application=application, file=file, made=made: actions.attach(  # type: ignore[misc]
                    application=application,
                    file=file,
                    name="晚.pdf",
                    material="other",
                    actor=made.actor,
                    now=ground.now,
                ),
            ]
        )
        there = Attachment.objects.filter(application=made.application, name="晚.pdf").exists()
        if isinstance(handed, Submission):
            assert isinstance(attached, Conflict)
            assert not there
        else:
            assert isinstance(handed, Refused), handed
            assert there


def test_one_application_of_many_begun(ground: Ground) -> None:
    made = make_application(ground, complete=False)
    actions.withdraw(application=made.application, reason="", actor=made.actor, now=ground.now)
    results = at_once(
        [
            lambda: actions.create(
                enterprise=made.enterprise, round=ground.round, actor=made.actor, now=ground.now
            )
        ]
        * HANDS
    )
    assert sum(isinstance(r, Application) for r in results) == 1, results
    assert sum(isinstance(r, Refused) for r in results) == HANDS - 1, results


def test_one_booklet_of_many_asked_for(ground: Ground) -> None:
    made = make_application(ground)
    application = made.fresh()
    results = at_once(
        [lambda: actions.make_booklet(application=application, actor=made.actor, now=ground.now)] * HANDS
    )
    assert all(isinstance(r, Booklet) for r in results), results
    assert Booklet.objects.count() == Job.objects.filter(kind="applications.booklet").count() == 1


def test_numbers_are_given_once(ground: Ground) -> None:
    drafts = [make_application(ground, complete=False) for _ in range(HANDS)]
    for made in drafts:
        actions.withdraw(application=made.application, reason="", actor=made.actor, now=ground.now)

    def again(made: Made) -> Callable[[], object]:
        return lambda: actions.create(
            enterprise=made.enterprise, round=ground.round, actor=made.actor, now=ground.now
        )

    results = at_once([again(made) for made in drafts])
    assert all(isinstance(r, Application) for r in results), results
    assert len(set(Application.objects.values_list("number", flat=True))) == 2 * HANDS


def test_both_of_two_claims_stand(ground: Ground) -> None:
    made = make_application(ground, complete=False)
    application = made.fresh()

    def claim(domain: str) -> Callable[[], object]:
        return lambda: actions.claim(
            application=application, domain=domain, on=True, actor=made.actor, now=ground.now
        )

    keys = [domain.key for domain in ground.book.domains[:HANDS]]
    assert at_once([claim(key) for key in keys]) == [None] * HANDS
    assert set(queries.workspace(made.fresh()).claims) == set(keys)
    assert made.fresh().domains == HANDS
