"""Who there is: authorities and enterprises with their people, providers, rosters, titles, sanctions."""

import hashlib
import uuid
from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from xingyun.files.models import File
from xingyun.registry.states import (
    EnterpriseState,
    MemberRole,
    Role,
    RosterState,
    TakeoverReason,
    TakeoverState,
)


class Authority(models.Model):
    """An office of one tier. Issuer and co-issuer are the names on its papers, whatever it is called."""

    parent = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True)
    key = models.SlugField(max_length=40, unique=True)
    tier = models.SlugField(max_length=20)
    code = models.CharField(max_length=6, blank=True)
    name = models.CharField(max_length=80)
    issuer = models.CharField(max_length=80)
    co_issuer = models.CharField(max_length=80)
    aliases = models.JSONField(default=list)
    phone = models.CharField(max_length=32, blank=True)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person's seat in an authority, from a day until the day before another: none where they are one."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=16, choices=Role.choices)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "authority", "role"], condition=Q(valid_to=None), name="one_live_seat"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="seat_ends_not_before"
            ),
        ]


class Deputy(models.Model):
    """Somebody who stands in for another person of an office, or (`principal` None) for a role, some days.

    From `first_day` to `last_day`, both included; it ends by itself, or before when it `ended_at`.
    """

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=16, choices=Role.choices)
    principal = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    deputy = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    reason = models.CharField(max_length=500)
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="deputy_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(principal=None) | ~Q(principal=F("deputy")), name="deputy_is_another"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="deputy_named_with_reason"),
            models.UniqueConstraint(
                fields=["authority", "role", "deputy", "first_day"],
                condition=Q(ended_at=None),
                name="deputy_named_once",
            ),
        ]
        indexes = [
            models.Index(fields=["deputy", "last_day"], condition=Q(ended_at=None), name="deputy_live")
        ]

    @property
    def stands_for(self) -> str:
        """Whom it stands in for, as the record says it: a person's post, or the role in the office."""
        if self.principal is not None:
            return self.principal.label
        return f"{self.authority.name}{Role(self.role).label}岗"


class Enterprise(models.Model):
    """An applicant. The code is public, so an account acts for it only once it is activated."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    uscc = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=120)
    pinyin = models.CharField(max_length=400, blank=True)
    address = models.CharField(max_length=200, blank=True)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=EnterpriseState.choices, default=EnterpriseState.PENDING)
    licence = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+", null=True)
    authorisation = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+", null=True)
    refusal = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    activated_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["authority", "state", "-created_at", "-id"])]

    def __str__(self) -> str:
        return self.name

    @property
    def stream(self) -> str:
        """The audit stream in which acts about this enterprise's account stand."""
        return f"enterprise:{self.uid}"


class SearchText(models.Model):
    """What an enterprise is found by (`searching`): the text, and its pieces, which both engines index."""

    enterprise = models.OneToOneField(
        Enterprise, on_delete=models.CASCADE, related_name="+", primary_key=True
    )
    words = models.TextField()
    grams = models.TextField()


class Member(models.Model):
    """A person who may act for an enterprise."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=MemberRole.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enterprise", "user"], name="one_membership")]


class Invitation(models.Model):
    """A way to join an enterprise: a link that works once and for some days; only its digest is kept."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    role = models.CharField(max_length=10, choices=MemberRole.choices)
    note = models.CharField(max_length=64, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["enterprise", "-id"])]


class Takeover(models.Model):
    """Somebody claims to act for an enterprise that others act for: both are heard, the authority rules."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    claimant = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=10, choices=TakeoverReason.choices)
    note = models.CharField(max_length=500, blank=True)
    licence = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    authorisation = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()
    answer_due = models.DateTimeField()
    answer = models.CharField(max_length=500, blank=True)
    answer_file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+", null=True)
    answered_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=12, choices=TakeoverState.choices, default=TakeoverState.OPEN)
    ruling = models.CharField(max_length=500, blank=True)
    ruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    ruled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open") | (Q(ruled_at__isnull=False) & ~Q(ruling="")),
                name="takeover_ruled_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["state", "filed_at"])]


class Provider(models.Model):
    """A cloud service provider that a contract names."""

    uscc = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=120)


class RosterEntry(models.Model):
    """One cloud-adopting enterprise on an authority's list, whether or not it ever registers here."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    uscc = models.CharField(max_length=18)
    name = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=RosterState.choices, default=RosterState.COUNTED)
    listed_on = models.DateField()
    provider = models.CharField(max_length=120, blank=True)
    delisted_on = models.DateField(null=True)
    delisting = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["uscc"], condition=Q(delisted_on=None, state="counted"), name="counted_once"
            ),
            models.UniqueConstraint(
                fields=["uscc", "authority"], condition=Q(delisted_on=None), name="listed_once_here"
            ),
        ]
        indexes = [
            models.Index(fields=["authority", "state", "uscc"]),
            models.Index(fields=["uscc"], condition=Q(state="disputed"), name="roster_disputed"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def seen(self) -> str:
        """The digest of what a page shows of it: whoever edits says what was seen."""
        shown = "\n".join((self.name, self.listed_on.isoformat(), self.provider, str(self.delisted_on)))
        return hashlib.sha256(shown.encode()).hexdigest()[:16]


class RosterImport(models.Model):
    """A table handed in for a roster: first looked at, then, its columns matched, carried out by a job.

    `preview` holds its first rows ({"sheet", "sheets", "count", "rows": [[number, cells]]}), `head` the
    number of the row with the headings (0: none), `columns` the place of each field. `listed_on` is meant
    where the table names no day. The counts are of rows; `refusals` are the first refused ones, `report`
    all of them as a table to be mended.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    preview = models.JSONField()
    head = models.PositiveIntegerField(default=0)
    columns = models.JSONField(default=dict)
    listed_on = models.DateField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    disputed = models.PositiveIntegerField(default=0)
    refusals = models.JSONField(default=list)
    report = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(started_at__isnull=False), name="roster_import_ends_begun"
            )
        ]
        indexes = [models.Index(fields=["authority", "-id"])]


class RosterColumns(models.Model):
    """How an authority last matched the columns of tables with these headings (`heads` is their digest)."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    heads = models.CharField(max_length=64)
    columns = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "heads"], name="columns_known_once")]


class RosterRuling(models.Model):
    """Which of the authorities that claimed a code lists it, ruled from above."""

    uscc = models.CharField(max_length=18)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    ruled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ruled_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="claim_ruled_with_reason")]
        indexes = [models.Index(fields=["uscc", "-id"]), models.Index(fields=["-id"])]


class Snapshot(models.Model):
    """The dated count of a roster that the upper authority has released: the base of the year's quotas.

    `digest` freezes the listed codes; where no list exists, `source` names the document of the figure.
    """

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    counted_on = models.DateField()
    count = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    source = models.CharField(max_length=200, blank=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "year"], name="one_snapshot_a_year")]


class Title(models.Model):
    """A level awarded to an enterprise, under the programme that awards it."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    programme = models.SlugField(max_length=40)
    level = models.SlugField(max_length=40)
    rank = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)
    serial = models.CharField(max_length=40, unique=True)
    verification = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "programme", "year"],
                condition=Q(revoked_at=None),
                name="one_title_a_year",
            )
        ]
        indexes = [models.Index(fields=["programme", "year", "-rank", "id"])]

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds; None where no term is set. `valid_to` is the day after."""
        return self.valid_to - timedelta(days=1) if self.valid_to else None


class Sanction(models.Model):
    """A stay on the blacklist, of an applicant or of the provider that shares the responsibility."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+", null=True)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+", null=True)
    scope = models.CharField(max_length=80)
    # The keys of the programmes here in which it shuts out whoever has this code as an applicant of its own.
    programmes = models.JSONField(default=list)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    reason = models.CharField(max_length=500)
    proof = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(enterprise=None, provider__isnull=False)
                | Q(enterprise__isnull=False, provider=None),
                name="sanction_names_one",
            )
        ]
