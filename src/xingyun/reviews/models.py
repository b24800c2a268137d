"""The authorities' work: returns with their defects, minutes, decisions under four eyes, joint reports."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from xingyun.applications.models import Application
from xingyun.files.models import File
from xingyun.papers.models import Paper
from xingyun.registry.models import Authority
from xingyun.reviews.states import Condition, Found, Kind, Outcome, ReportState
from xingyun.rounds.models import QuotaLine, Round


class Return(models.Model):
    """A return for correction: all defects at once, and a day by which to answer."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    due = models.DateTimeField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "version"], name="returned_once")]


class Defect(models.Model):
    """One thing to mend: its place ("form:phone", "material:licence"), clause, and what to do."""

    of = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=80)
    clause = models.CharField(max_length=40, blank=True)
    text = models.CharField(max_length=1000)
    reply = models.CharField(max_length=1000, blank=True)


class WithdrawalRequest(models.Model):
    """A sealed request to let an accepted application go; the office agrees or declines, with its reason."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=1000)
    letter = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    agreed = models.BooleanField(null=True)
    answer = models.CharField(max_length=1000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(decided_at=None), name="one_open_withdrawal"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, agreed=None, decided_by=None)
                | Q(decided_at__isnull=False, agreed__isnull=False, decided_by__isnull=False),
                name="withdrawal_decided_whole",
            ),
        ]


class Appeal(models.Model):
    """What an applicant says against a refusal (`against` is the step's number), and what was answered."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    against = models.PositiveIntegerField()
    text = models.CharField(max_length=2000)
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+", null=True)
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    upheld = models.BooleanField(null=True)
    answer = models.CharField(max_length=1000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "against"], name="one_appeal_a_refusal"),
            models.CheckConstraint(
                condition=Q(decided_at=None, upheld=None, decided_by=None)
                | Q(decided_at__isnull=False, upheld__isnull=False, decided_by__isnull=False),
                name="appeal_decided_whole",
            ),
        ]


class Minutes(models.Model):
    """The meeting that decided together: number, day and scan."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=80)
    held_on = models.DateField()
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "number"], name="minutes_once")]


class LookUp(models.Model):
    """What an office found in a list kept elsewhere, by the key of a condition or of a list.

    Rows are only ever added: a later one supersedes its predecessor, so that they form one line. `entries`
    are the days (ISO) of what was found, for rules that look back.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    condition = models.SlugField(max_length=60)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    found = models.CharField(max_length=10, choices=Found.choices)
    source = models.CharField(max_length=200)
    looked_up_on = models.DateField()
    entries = models.JSONField(default=list)
    number = models.CharField(max_length=120, blank=True)
    proof = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+", null=True)
    remark = models.CharField(max_length=1000, blank=True)
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, related_name="+", null=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "condition"],
                condition=Q(supersedes=None),
                name="one_first_look_up",
            )
        ]


class Decision(models.Model):
    """One act on one level. Preparer, reviewer and signatory are different people; a grant holds a place.

    `needs_review` and `needs_minutes` are what the pinned rulebook demanded when it was prepared, so that
    the database itself refuses a signature without them.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    level = models.SlugField(max_length=40)
    rank = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    quota_line = models.ForeignKey(QuotaLine, on_delete=models.PROTECT, related_name="+", null=True)
    reason = models.CharField(max_length=2000, blank=True)
    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="+", null=True)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    reviewed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    signed_at = models.DateTimeField(null=True)
    needs_review = models.BooleanField(default=True)
    needs_minutes = models.BooleanField(default=True)
    revoked_at = models.DateTimeField(null=True)
    revocation = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "level", "kind", "authority"],
                condition=Q(revoked_at=None),
                name="one_live_decision",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("prepared_by")), name="reviewer_is_another"
            ),
            models.CheckConstraint(
                condition=Q(signed_by=None) | ~Q(signed_by=F("prepared_by")), name="signatory_is_another"
            ),
            models.CheckConstraint(
                condition=Q(signed_by=None)
                | Q(needs_review=False, reviewed_by=None)
                | (Q(reviewed_by__isnull=False) & ~Q(signed_by=F("reviewed_by"))),
                name="signatory_is_a_third",
            ),
            models.CheckConstraint(
                condition=Q(signed_by=None) | Q(needs_minutes=False) | Q(minutes__isnull=False),
                name="signed_on_minutes",
            ),
            models.CheckConstraint(
                condition=Q(outcome="granted") | Q(quota_line=None), name="only_grants_hold_places"
            ),
        ]
        indexes = [
            models.Index(fields=["authority", "level", "kind", "-id"]),
            models.Index(
                fields=["authority", "prepared_at"],
                condition=Q(signed_at=None, revoked_at=None),
                name="decision_in_hand",
            ),
        ]


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
