"""What one enterprise spends in one round: contracts, invoices and payments, in fen."""

import uuid

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
    """One invoice. Code and number are not unique: the same one in two files is a finding, not an error."""

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
    explanation = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(gross_fen=models.F("net_fen") + models.F("tax_fen")), name="invoice_adds_up"
            )
        ]
        indexes = [models.Index(fields=["code", "number"])]


class Payment(models.Model):
    """Money that was paid, for rulebooks that count what was paid and not what was invoiced."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="+", null=True)
    number = models.CharField(max_length=60)
    paid_on = models.DateField()
    amount_fen = models.BigIntegerField()
    payee = models.CharField(max_length=120, blank=True)
    explanation = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(amount_fen=0), name="payment_is_of_something"),
        ]
