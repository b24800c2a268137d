"""What checks found odd about a dossier, what an office said of it, and the prints of long texts."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from xingyun.evidence.models.ledger import Dossier
from xingyun.evidence.states import FindingState
from xingyun.files.models import File


class Finding(models.Model):
    """One oddity. The same one is the same row however often it is found: `fingerprint` says what it is.

    `across` ones concern another applicant, too, and are for officials only; `other` is its dossier. `zh`
    and `en` say what is odd, `repair_zh` and `repair_en` how the applicant mends it. `row` is a row of the
    ledger; `box` is where on the page (left, top, right, bottom in a thousandth of it), `beside` what else
    is shown beside it. `gone_at`: it was not found any more; what was ruled of it is kept.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    check_key = models.SlugField(max_length=40)
    fingerprint = models.CharField(max_length=64)
    across = models.BooleanField(default=False)
    other = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+", null=True)
    row = models.UUIDField(null=True)
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+", null=True)
    page = models.PositiveIntegerField(null=True)
    box = models.JSONField(default=list)
    beside = models.JSONField(default=dict)
    clause = models.CharField(max_length=40, blank=True)
    zh = models.CharField(max_length=1000)
    en = models.CharField(max_length=1000)
    repair_zh = models.CharField(max_length=500, blank=True)
    repair_en = models.CharField(max_length=500, blank=True)
    found_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)
    status = models.CharField(max_length=10, choices=FindingState.choices, default=FindingState.OPEN)
    reason = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "check_key", "fingerprint"], name="one_finding"),
            models.CheckConstraint(
                condition=Q(status="open", decided_by=None, decided_at=None)
                | (~Q(status="open") & Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(reason="")),
                name="finding_ruled_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(other=None) | Q(across=True), name="finding_of_another_is_across"
            ),
        ]
        indexes = [models.Index(fields=["dossier", "status"], condition=Q(gone_at=None), name="finding_live")]


class TextPrint(models.Model):
    """A long text that was handed in, and its MinHash (`signature`: numbers of 32 bits)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    field = models.SlugField(max_length=60)
    digest = models.CharField(max_length=64)
    text = models.TextField()
    signature = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "field"], name="one_print_a_text")]


class TextBand(models.Model):
    """One band of a text's MinHash: texts that share one are compared."""

    of = models.ForeignKey(TextPrint, on_delete=models.CASCADE, related_name="+")
    key = models.BigIntegerField(db_index=True)
