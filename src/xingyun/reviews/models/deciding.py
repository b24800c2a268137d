"""Returns with their defects, requests and appeals, minutes, decisions under four eyes."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from xingyun.applications.models import Application
from xingyun.files.models import File
from xingyun.papers.models import Paper
from xingyun.registry.models import Authority
from xingyun.reviews.states import Kind, Outcome
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
