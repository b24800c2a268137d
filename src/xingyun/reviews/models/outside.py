"""What other bodies know, files on their way to another office, words to many."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from xingyun.applications.models import Application
from xingyun.files.models import File
from xingyun.registry.models import Authority
from xingyun.reviews.states import Found, Whom
from xingyun.rounds.models import Round


class Transfer(models.Model):
    """A file that belongs to another office: handed over with a reason, taken or declined, ruled from above.

    It is open until `closed_at`: taken, taken back, or ruled. After a refusal (`agreed` False) it waits for
    the ruling; `ruled_to` is the office that has the file then.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=1000)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    agreed = models.BooleanField(null=True)
    answer = models.CharField(max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    answered_at = models.DateTimeField(null=True)
    ruled_to = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+", null=True)
    ruling = models.CharField(max_length=1000, blank=True)
    ruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(closed_at=None), name="one_open_transfer"
            ),
            models.CheckConstraint(condition=~Q(source=F("target")), name="transferred_elsewhere"),
            models.CheckConstraint(
                condition=Q(ruled_to=None) | (~Q(ruling="") & Q(ruled_by__isnull=False)),
                name="transfer_ruled_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["target"], condition=Q(closed_at=None), name="transfer_to_take"),
            models.Index(fields=["source", "-id"]),
        ]


class Circular(models.Model):
    """Words of an office to all applicants of a round that file with it; kept as they were sent.

    `whom` says how far they are; `people` and `enterprises` how many were told.
    """

    uid = models.UUIDField(unique=True, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    whom = models.CharField(max_length=10, choices=Whom.choices)
    subject = models.CharField(max_length=80)
    body = models.TextField(max_length=2000)
    enterprises = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["authority", "-id"])]


class AnswerSheet(models.Model):
    """A table of answers from another body: first looked at, then, its columns matched, recorded by a job.

    `preview` holds its first rows as in registry's RosterImport, `head` the number of the row with the
    headings (0: none), `heads` their digest, `columns` the place of each field. `source`, `answered_on`,
    `officer` and `number` are meant where the table names none; `proof` is the scan of the answer, for every
    row. The counts are of rows (`listed`: those in which something was found); `refusals` are the first
    refused ones, `report` all of them as a table to be mended.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    condition = models.SlugField(max_length=60)
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    preview = models.JSONField()
    head = models.PositiveIntegerField(default=0)
    heads = models.CharField(max_length=64, blank=True)
    columns = models.JSONField(default=dict)
    source = models.CharField(max_length=200)
    answered_on = models.DateField()
    officer = models.CharField(max_length=80, blank=True)
    number = models.CharField(max_length=120, blank=True)
    proof = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+", null=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    listed = models.PositiveIntegerField(default=0)
    refusals = models.JSONField(default=list)
    report = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(started_at__isnull=False), name="answers_end_begun"
            )
        ]
        indexes = [models.Index(fields=["authority", "condition", "-id"])]


class LookUp(models.Model):
    """What an office found in a list kept elsewhere, by the key of a condition or of a list.

    Rows are only ever added: a later one supersedes its predecessor, so that they form one line. `entries`
    are the days (ISO) of what was found, for rules that look back; `officer` is who answered there; `sheet`
    the table of answers it stood in, if any.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    condition = models.SlugField(max_length=60)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    found = models.CharField(max_length=10, choices=Found.choices)
    source = models.CharField(max_length=200)
    looked_up_on = models.DateField()
    entries = models.JSONField(default=list)
    number = models.CharField(max_length=120, blank=True)
    officer = models.CharField(max_length=80, blank=True)
    proof = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+", null=True)
    remark = models.CharField(max_length=1000, blank=True)
    sheet = models.ForeignKey(AnswerSheet, on_delete=models.PROTECT, related_name="+", null=True)
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
