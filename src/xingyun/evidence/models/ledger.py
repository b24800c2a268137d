"""What one enterprise spends in one round: contracts, invoices and payments, in fen."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from xingyun.registry.models import Enterprise
from xingyun.rounds.models import Round


class Dossier(models.Model):
    """The ledger of one enterprise in one round. `audited_fen` is what the audit report comes to (二、3)."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    audited_fen = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "round"], name="one_dossier"),
            models.CheckConstraint(
                condition=Q(audited_fen=None) | Q(audited_fen__gte=0), name="audited_not_negative"
            ),
        ]


class Contract(models.Model):
    """A purchase of cloud services or software. `says_cloud` is whether its text names them so (二、4)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=80)
    title = models.CharField(max_length=160)
    seller = models.CharField(max_length=120)
    seller_uscc = models.CharField(max_length=18, blank=True)
    signed_on = models.DateField()
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    amount_fen = models.BigIntegerField()
    deployment = models.SlugField(max_length=40)
    says_cloud = models.BooleanField()
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "number"], condition=Q(removed_at=None), name="contract_once"
            ),
            models.CheckConstraint(condition=Q(amount_fen__gte=0), name="contract_amount_not_negative"),
        ]


class Invoice(models.Model):
    """One invoice. Code and number are not unique: the same one in two files is a finding, not an error.

    `buyer` is who it names where that is not the applicant. `odd` holds keys of states.Odd; `own_fen` is the
    part (with tax) that is the applicant's, null for all of it. A red-letter invoice points to its
    `original`; one over several contracts has `shares` ([contract uid, fen] each) and no `contract`; one in
    a foreign `currency` its sum and the rate as they were typed.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="+", null=True)
    code = models.CharField(max_length=12, blank=True)
    number = models.CharField(max_length=20)
    issued_on = models.DateField()
    net_fen = models.BigIntegerField()
    tax_fen = models.BigIntegerField()
    gross_fen = models.BigIntegerField()
    seller = models.CharField(max_length=120, blank=True)
    buyer = models.CharField(max_length=120, blank=True)
    odd = models.JSONField(default=list)
    own_fen = models.BigIntegerField(null=True)
    original = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True)
    shares = models.JSONField(default=list)
    currency = models.CharField(max_length=3, blank=True)
    foreign_sum = models.CharField(max_length=20, blank=True)
    rate = models.CharField(max_length=12, blank=True)
    explanation = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(gross_fen=models.F("net_fen") + models.F("tax_fen")), name="invoice_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(own_fen=None) | Q(own_fen__gt=0, own_fen__lte=models.F("gross_fen")),
                name="invoice_own_part_of_it",
            ),
        ]
        indexes = [models.Index(fields=["number", "code"])]

    @property
    def whole_fen(self) -> int:
        """What it comes to, with tax."""
        return self.gross_fen

    @property
    def told_fen(self) -> int:
        """How much of it its applicant says is its own."""
        return self.whole_fen if self.own_fen is None else self.own_fen


class Payment(models.Model):
    """Money that was paid, for rulebooks that count what was paid and not what was invoiced."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="+", null=True)
    number = models.CharField(max_length=60)
    paid_on = models.DateField()
    amount_fen = models.BigIntegerField()
    payee = models.CharField(max_length=120, blank=True)
    odd = models.JSONField(default=list)
    own_fen = models.BigIntegerField(null=True)
    explanation = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(amount_fen=0), name="payment_is_of_something"),
            models.CheckConstraint(
                condition=Q(own_fen=None) | Q(own_fen__gt=0, own_fen__lte=models.F("amount_fen")),
                name="payment_own_part_of_it",
            ),
        ]

    @property
    def whole_fen(self) -> int:
        """What it comes to."""
        return self.amount_fen

    @property
    def told_fen(self) -> int:
        """How much of it its applicant says is its own."""
        return self.whole_fen if self.own_fen is None else self.own_fen


class Ruling(models.Model):
    """What an office says of an odd row: how much of it counts (fen, with tax; 0: nothing), and why.

    Rows are only ever added: a later ruling supersedes its predecessor. `said` is the digest of what the row
    said then; a row that was changed since waits for a ruling again.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    row = models.UUIDField()
    said = models.CharField(max_length=64)
    fen = models.BigIntegerField()
    reason = models.CharField(max_length=500)
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, related_name="+", null=True)
    ruled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ruled_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "row"], condition=Q(supersedes=None), name="one_first_ruling"
            )
        ]
