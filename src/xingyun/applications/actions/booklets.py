"""Asking for the booklet of what is filled in now, and the maker's word on how it ended."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from xingyun.applications.actions.editing import Edit, editing
from xingyun.applications.models import Application, Booklet, StampedScan
from xingyun.applications.queries.booklets import Inputs, digest, inputs_of
from xingyun.applications.states import BookletState
from xingyun.audit import SYSTEM
from xingyun.audit import actions as audit
from xingyun.files.models import File
from xingyun.jobs import actions as jobs
from xingyun.jobs.run import Run
from xingyun.messages import actions as messages
from xingyun.registry.actors import Actor

KIND = "applications.booklet"
STAMPED = "applications.stamped"


def make_booklet(*, application: Application, actor: Actor, now: datetime) -> Booklet:
    """The booklet of what is filled in now: the one that is ready or under way, else a new version.

    Its inputs are kept with it, so what is typed while it is being made does not get into it.
    """
    places = ("booklet",)
    act = "booklet.asked"
    with editing(application=application, act=act, places=places, actor=actor, now=now) as edit:
        made_of = inputs_of(edit.application)
        wanted = digest(made_of)
        booklet = Booklet.objects.filter(application=application, inputs=wanted).first()
        if booklet is None:
            booklet = _new(edit, made_of, wanted)
        elif booklet.state == BookletState.FAILED:
            _again(booklet, made_of)
        else:
            edit.nothing = True
        if booklet.state == BookletState.MAKING:
            _enqueue(booklet, actor, now)
        edit.say(version=booklet.version, inputs=wanted)
    return booklet


def complete(
    *, booklet: Booklet, file: File, word: File, plan: Mapping[str, object], run: Run, now: datetime
) -> None:
    """The booklet was made and read back. Whoever comes second, or was overtaken, changes nothing."""
    with transaction.atomic():
        run.check()
        _count(booklet)
        ready = Booklet.objects.filter(pk=booklet.pk, state=BookletState.MAKING).update(
            state=BookletState.READY,
            file=file,
            word=word,
            pages=file.pages or 0,
            plan={**booklet.plan, **plan},
            error="",
            made_at=now,
        )
        if ready:
            _tell(booklet, run, now)
            # What was stamped for an earlier version may be all that this one needs.
            enqueue_stamped(booklet=booklet, owner=run.owner_id, now=now)
            run.finish()
            body = {
                "version": booklet.version,
                "inputs": booklet.inputs,
                "file": file.sha256,
                "word": word.sha256,
            }
            stream = booklet.application.stream
            audit.append(stream=stream, act="application.booklet.made", actor=SYSTEM, body=body, now=now)


def enqueue_stamped(*, booklet: Booklet, owner: int | None, now: datetime) -> None:
    """Have the stamped pages put into their places, as soon as all are there."""
    jobs.enqueue(
        kind=STAMPED,
        key=str(booklet.pk),
        payload={"booklet": booklet.pk},
        owner=owner,
        now=now,
        again=True,
    )


def keep_stamped(
    *,
    booklet: Booklet,
    file: File,
    bound: File,
    numbers: list[int],
    unsealed: list[int],
    by: int,
    run: Run,
    now: datetime,
) -> None:
    """The stamped pages of a booklet, and the booklet with them in it; `by` brought them (user's id).

    Done twice it is done once.
    """
    with transaction.atomic():
        run.check()
        _count(booklet)
        live = StampedScan.objects.filter(booklet=booklet, removed_at=None)
        if live.filter(file=file, bound=bound).exists():
            return
        live.update(removed_at=now)
        StampedScan.objects.create(
            booklet=booklet,
            file=file,
            bound=bound,
            numbers=numbers,
            unsealed=unsealed,
            added_by_id=by,
            added_at=now,
        )
        body = {"version": booklet.version, "file": file.sha256, "book": bound.sha256}
        stream = booklet.application.stream
        audit.append(stream=stream, act="application.booklet.stamped", actor=SYSTEM, body=body, now=now)


def give_up(*, booklet: Booklet, error: str, run: Run) -> None:
    """The booklet can't be made of these inputs; `error` says why."""
    with transaction.atomic():
        run.check()
        _count(booklet)
        Booklet.objects.filter(pk=booklet.pk, state=BookletState.MAKING).update(
            state=BookletState.FAILED, error=error[:500]
        )


def _count(booklet: Booklet) -> None:
    """Before the booklet's own row, in the order in which everybody takes them."""
    Application.objects.filter(pk=booklet.application_id).update(parts_rev=F("parts_rev") + 1)


def _new(edit: Edit, made_of: Inputs, wanted: str) -> Booklet:
    known = Booklet.objects.filter(application=edit.application)
    last = known.aggregate(last=Max("version"))["last"] or 0
    return Booklet.objects.create(
        application=edit.application, version=last + 1, inputs=wanted, plan={"inputs": made_of}
    )


def _again(booklet: Booklet, made_of: Inputs) -> None:
    booklet.state, booklet.error, booklet.plan = BookletState.MAKING, "", {"inputs": made_of}
    booklet.save(update_fields=["state", "error", "plan"])


def _enqueue(booklet: Booklet, actor: Actor, now: datetime) -> None:
    jobs.enqueue(
        kind=KIND, key=str(booklet.pk), payload={"booklet": booklet.pk}, owner=actor.user_id, now=now
    )


def _tell(booklet: Booklet, run: Run, now: datetime) -> None:
    if run.owner_id is None:
        return
    application = booklet.application
    messages.send(
        to=[run.owner_id],
        subject=_("申报书第 %d 版已成册") % booklet.version,
        body=_("可以打印、盖章、扫描了。"),
        dedupe_key=f"booklet:{booklet.pk}",
        link=f"/enterprise/applications/{application.uid}/booklet/",
        about=application.stream,
        now=now,
    )
