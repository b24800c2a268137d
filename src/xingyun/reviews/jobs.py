"""Work of the offices that waits for its day, or takes longer than a request."""

from xingyun.accounts.models import User
from xingyun.applications.jobs.stamping import bind_book
from xingyun.clock import now
from xingyun.files import kept
from xingyun.jobs import Run, as_asked, job, periodic
from xingyun.registry.queries import actor_at_work
from xingyun.reviews import actions
from xingyun.reviews.actions.answers import KIND as ANSWERS
from xingyun.reviews.actions.handing_over import KIND
from xingyun.reviews.actions.together import KIND as TOGETHER
from xingyun.reviews.models import AnswerSheet, Bulk, HandOver, OpinionPage
from xingyun.reviews.queries.opinions import stamped_scan


@job(ANSWERS, lease=300)
def record_answers(run: Run) -> None:
    """Record a table of answers for whoever asked for it; its result and the job's end are one."""
    related = ("authority", "round__edition", "file", "proof", "asked_by")
    made = AnswerSheet.objects.select_related(*related).get(pk=run.payload["sheet"])
    asked = User.objects.get(pk=run.owner_id) if run.owner_id else made.asked_by
    with as_asked(run):
        actions.record_answers(
            made=made,
            actor=actor_at_work(asked),
            now=now(),
            progress=run.progress,
            check=run.check,
            also=run.finish,
        )


@periodic("reviews.amendments", every=60)
def amendments(_run: Run) -> None:
    """Let announced amendments take effect whose day has come."""
    actions.carry_out_amendments(now=now())


@job(KIND, lease=120)
def hand_over(run: Run) -> None:
    """Make the bundle of a report for whoever asked for it."""
    made = HandOver.objects.select_related("report").get(pk=run.payload["hand_over"])
    asked = User.objects.get(pk=made.asked_by_id)
    with as_asked(run):
        actions.make_hand_over(
            made=made,
            actor=actor_at_work(asked),
            now=now(),
            progress=run.progress,
            check=run.check,
            also=run.finish,
        )


@periodic("reviews.purge", every=3600)
def purge(_run: Run) -> None:
    """Delete bundles whose days are over."""
    actions.purge_hand_overs(now=now())


@job("reviews.opinion", lease=120)
def opinion(run: Run) -> None:
    """Put the opinion page named in the payload into its book, beside the applicant's stamped pages."""
    known = OpinionPage.objects.select_related(
        "application__edition", "submission__booklet__application__edition"
    )
    page = known.select_related("file").get(pk=run.payload["opinion"])
    if page.bound_id is not None:
        return
    scan = stamped_scan(page.submission)
    pages = {number: (scan.file, index) for index, number in enumerate(scan.numbers)} if scan else {}
    pages[page.number] = (page.file, 0)
    with kept.workplace() as folder:
        bound = bind_book(page.submission.booklet, dict(sorted(pages.items())), folder, now())
    actions.keep_bound(opinion=page, bound=bound, run=run, now=now())


@job(TOGETHER, lease=120)
def prepare_bulk(run: Run) -> None:
    """Prepare the decisions of a bulk for whoever asked, with the seats of now."""
    bulk = Bulk.objects.select_related("authority", "round", "asked_by").get(pk=run.payload["bulk"])
    with as_asked(run):
        actions.carry_out(
            bulk=bulk,
            actor=actor_at_work(bulk.asked_by),
            now=now(),
            progress=run.progress,
            check=run.check,
            also=run.finish,
        )
