"""Joint reports and what they carry, and what comes to the paper desk."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from xingyun.applications.models import Application
from xingyun.files.models import File
from xingyun.papers.models import Paper
from xingyun.registry.models import Authority
from xingyun.reviews.models.deciding import Decision
from xingyun.reviews.states import Condition, ReportState
from xingyun.rounds.models import Round


class Report(models.Model):
    """What an authority reports upward, together with the finance bureau that countersigns it.

    One that was returned is superseded by the next one, which says so; both stay. What supersedes nothing
    stands beside those before it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    seq = models.PositiveSmallIntegerField()
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, related_name="+", null=True)
    state = models.CharField(max_length=14, choices=ReportState.choices, default=ReportState.DRAFT)
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+", null=True)
    table = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+", null=True)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    # Countersigned on paper: number, day, signatories and the scan with both seals. Online: by whom.
    offline = models.BooleanField(null=True)
    number = models.CharField(max_length=80, blank=True)
    dated_on = models.DateField(null=True)
    signatories = models.CharField(max_length=160, blank=True)
    scan = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+", null=True)
    countersigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    countersigned_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    sent_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    received_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "round", "seq"], name="report_numbered"),
            models.UniqueConstraint(
                fields=["authority", "round"],
                condition=Q(state__in=["draft", "countersigned"]),
                name="one_report_in_hand",
            ),
            models.CheckConstraint(
                condition=Q(countersigned_by=None) | ~Q(countersigned_by=F("prepared_by")),
                name="countersigned_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(offline=True)
                | (~Q(number="") & ~Q(signatories="") & Q(dated_on__isnull=False, scan__isnull=False)),
                name="offline_needs_its_paper",
            ),
        ]
        indexes = [models.Index(fields=["recipient", "state", "-sent_at", "-id"])]

    @property
    def stream(self) -> str:
        """The audit stream of the report."""
        return f"report:{self.uid}"


class ReportLine(models.Model):
    """What a report carries upward: a decision, or (None) an application that this tier only passes on."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "decision"], name="reported_once"),
            models.UniqueConstraint(
                fields=["report", "application"], condition=Q(decision=None), name="passed_on_once"
            ),
        ]


class ReturnedRow(models.Model):
    """An application that the recipient of a report gave back to be decided anew, and why."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=1000)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "application"], name="row_returned_once")]


class Arrival(models.Model):
    """A bound booklet that came to an office, as an official saw it; `pages` are those that were counted.

    Rows are only ever added: a later one corrects its predecessor and says why, so that they form one line
    for each office and version.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    pages = models.PositiveIntegerField()
    copies = models.PositiveSmallIntegerField()
    seals = models.JSONField(default=list)
    condition = models.CharField(max_length=10, choices=Condition.choices)
    remark = models.CharField(max_length=500, blank=True)
    brought_by = models.CharField(max_length=80)
    shelf = models.CharField(max_length=80)
    arrived_at = models.DateTimeField()
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, related_name="+", null=True)
    reason = models.CharField(max_length=500, blank=True)
    receipt = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "authority", "version"],
                condition=Q(supersedes=None),
                name="one_first_arrival",
            ),
            models.CheckConstraint(
                condition=Q(supersedes=None) | ~Q(reason=""), name="corrected_with_a_reason"
            ),
            models.CheckConstraint(condition=Q(copies__gte=1, pages__gte=1), name="something_arrived"),
        ]
        indexes = [models.Index(fields=["application", "authority", "version", "-id"])]


class HandOver(models.Model):
    """Everything of a report as one ZIP, for whoever files it elsewhere: made by a job, kept for some days.

    `file` is the bundle only once it has `ended_at`; it is None again after `expires_at`.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    books = models.PositiveIntegerField(default=0)
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report"], condition=Q(ended_at=None), name="one_hand_over_in_hand"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, expires_at=None)
                | Q(ended_at__isnull=False, expires_at__isnull=False),
                name="hand_over_expires_once_made",
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], name="hand_over_expires")]
