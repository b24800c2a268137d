"""The public side of the end: proposed list, objections, awards, announcement."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from xingyun.applications.models import Application
from xingyun.files.models import File
from xingyun.papers.models import Paper
from xingyun.registry.models import Authority, Enterprise, Provider, Sanction, Title
from xingyun.results.states import ObjectionState
from xingyun.rounds.models import Round


class Notice(models.Model):
    """The proposed list, open to objections from `opens`, before `closes`. It ends by the clock."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    seq = models.PositiveSmallIntegerField()
    opens = models.DateTimeField()
    closes = models.DateTimeField()
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "seq"], name="notice_numbered"),
            models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="notice_closes_later"),
        ]

    @property
    def stream(self) -> str:
        """The audit stream of the notice and of the objections to it."""
        return f"notice:{self.uid}"


class NoticeLine(models.Model):
    """A proposed title. Struck after an objection that was upheld, with the reason."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="+")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    level = models.SlugField(max_length=40)
    rank = models.PositiveSmallIntegerField()
    struck_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "application"], name="proposed_once")]


class Objection(models.Model):
    """What somebody says against a proposed title. Name and contact are for the deciding office only.

    `channel` is one of the rulebook's; `receipt` is all that its sender needs to follow it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    receipt = models.CharField(max_length=24, unique=True)
    line = models.ForeignKey(NoticeLine, on_delete=models.PROTECT, related_name="+")
    channel = models.SlugField(max_length=40)
    name = models.CharField(max_length=80, blank=True)
    contact = models.CharField(max_length=120, blank=True)
    text = models.CharField(max_length=4000)
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+", null=True)
    state = models.CharField(max_length=10, choices=ObjectionState.choices, default=ObjectionState.RECEIVED)
    received_at = models.DateTimeField()
    outcome = models.CharField(max_length=2000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    decided_at = models.DateTimeField(null=True)


class Announcement(models.Model):
    """The act that makes titles of the lines that stand."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    notice = models.OneToOneField(Notice, on_delete=models.PROTECT, related_name="+")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+")
    announced_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    announced_at = models.DateTimeField()


class Award(models.Model):
    """The title that came of an application, and its certificate."""

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="+")
    title = models.OneToOneField(Title, on_delete=models.PROTECT, related_name="+")
    announcement = models.ForeignKey(Announcement, on_delete=models.PROTECT, related_name="+")
    certificate = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+", null=True)


class SanctionCase(models.Model):
    """A stay on the blacklist from the notice to its end: told before, heard, decided, lifted.

    `rule` is the key of the rulebook's sanction, `programmes` those here in which it would shut out; an
    applicant (`enterprise`) answers in the product, what a provider says is entered. Decided by another
    person than who gave notice; `sanction` is None where nothing came of it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    rule = models.SlugField(max_length=60)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+", null=True)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+", null=True)
    programmes = models.JSONField(default=list)
    facts = models.CharField(max_length=2000)
    proof = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    noticed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    noticed_at = models.DateTimeField()
    due = models.DateTimeField()
    statement = models.CharField(max_length=2000, blank=True)
    statement_file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+", null=True)
    stated_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=1000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    decided_at = models.DateTimeField(null=True)
    sanction = models.OneToOneField(Sanction, on_delete=models.PROTECT, related_name="+", null=True)
    lifting = models.CharField(max_length=1000, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(enterprise=None, provider__isnull=False)
                | Q(enterprise__isnull=False, provider=None),
                name="case_names_one",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("noticed_by")), name="case_decided_by_another"
            ),
            models.CheckConstraint(
                condition=Q(sanction=None) | Q(decided_at__isnull=False), name="sanction_was_decided"
            ),
            models.UniqueConstraint(
                fields=["round", "enterprise"],
                condition=Q(decided_at=None),
                name="one_open_case_an_applicant",
            ),
            models.UniqueConstraint(
                fields=["round", "provider"], condition=Q(decided_at=None), name="one_open_provider_case"
            ),
        ]
        indexes = [models.Index(fields=["authority", "-id"])]

    @property
    def subject(self) -> Enterprise | Provider:
        """Whom it concerns."""
        found = self.enterprise or self.provider
        assert found is not None
        return found


class Statistics(models.Model):
    """A round's figures as a job counted them: of an authority with all below it, of all, or for the public.

    `figures` holds whole numbers (sums in fen, stays in hours) and texts; see queries.statistics.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+", null=True)
    public = models.BooleanField(default=False)
    figures = models.JSONField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "authority"], name="counted_once_an_authority"),
            models.UniqueConstraint(
                fields=["round", "public"], condition=Q(authority=None), name="counted_once_for_all"
            ),
            models.CheckConstraint(
                condition=Q(public=False) | Q(authority=None), name="public_figures_are_of_all"
            ),
        ]
