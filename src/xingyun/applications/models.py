"""Applications, what they claim and prove, their booklets, and the submissions that nothing changes."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from xingyun.applications.states import BookletState, ScanState, State
from xingyun.evidence.models import Dossier
from xingyun.files.models import File
from xingyun.registry.models import Authority, Enterprise
from xingyun.rounds.models import Edition, Round


class Counter(models.Model):
    """The last application number that an authority has given out in a round."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "authority"], name="one_counter")]


class Application(models.Model):
    """One enterprise's application in one round.

    `answers` holds what was typed ({field: raw text}); the promoted columns below it are set from it
    in one place. `authority` is where it was filed, `holder` the office that has it now. `unlocked` is
    what may be changed after a return: places such as "form:phone", "material:screenshots", "ledger";
    `due` is when the correction must be in.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(max_length=40, unique=True)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    # An application that follows a withdrawn one goes on with its ledger.
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=14, choices=State.choices, default=State.DRAFT)
    answers = models.JSONField(default=dict)
    unlocked = models.JSONField(default=list)
    due = models.DateTimeField(null=True)
    rev = models.PositiveIntegerField(default=0)
    # Counts every change but typing: what is kept of all that hangs on an application is known by it.
    parts_rev = models.PositiveIntegerField(default=0)
    level = models.SlugField(max_length=40, blank=True)
    deployments = models.CharField(max_length=120, blank=True)
    industry = models.CharField(max_length=8, blank=True)
    capital_fen = models.BigIntegerField(null=True)
    spend_fen = models.BigIntegerField(default=0)
    # Of a round with rolling applications: the batch into which the first submission fell.
    batch = models.SlugField(max_length=40, blank=True)
    domains = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "enterprise"],
                condition=~Q(state="withdrawn"),
                name="one_application_a_round",
            )
        ]
        indexes = [
            models.Index(fields=["holder", "state", "-submitted_at", "-id"]),
            models.Index(fields=["authority", "state", "-submitted_at", "-id"]),
            models.Index(fields=["enterprise", "-id"]),
            # Counted by state without a look at the wide rows.
            models.Index(fields=["round", "authority", "state", "level"], name="application_counted"),
            # The queue of whoever sees most of a round is read along these.
            models.Index(fields=["round", "-submitted_at", "-id"], name="queue_of_round"),
            models.Index(fields=["round", "state", "-submitted_at", "-id"], name="queue_of_state"),
        ]

    @property
    def stream(self) -> str:
        """The audit stream of this application."""
        return f"application:{self.uid}"


class StateChange(models.Model):
    """One step on the way; the application's own visible history."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    seq = models.PositiveIntegerField()
    source = models.CharField(max_length=14, blank=True)
    target = models.CharField(max_length=14)
    act = models.CharField(max_length=20)
    actor = models.CharField(max_length=40)
    label = models.CharField(max_length=80)
    at = models.DateTimeField()
    clause = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=2000, blank=True)
    entry_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "seq"], name="one_step_at_a_time")]


class Attachment(models.Model):
    """A file that serves a material of the application, in its place in the book."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    material = models.SlugField(max_length=40)
    position = models.PositiveIntegerField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["application", "material", "position"])]


class Awaited(models.Model):
    """A file sent for a material (or, without one, as the stamped scan) that waits for the virus scan.

    It goes away once it is taken in; `refusal` says why it was not.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    material = models.SlugField(max_length=40, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    refusal = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "file", "material"], name="awaited_once")
        ]


class Absence(models.Model):
    """An explicit "none" for a material that need not be there; its section stays in the book."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    material = models.SlugField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "material"], name="absent_once")]


class Claim(models.Model):
    """A domain of the checklist that the applicant says it meets."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    domain = models.SlugField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "domain"], name="claimed_once")]


class ClaimPage(models.Model):
    """The pages of a file, first to last (1-based, inclusive), that prove a claim."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="+")
    attachment = models.ForeignKey(Attachment, on_delete=models.CASCADE, related_name="+")
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "attachment", "first"], name="proved_once"),
            models.CheckConstraint(condition=Q(first__gte=1, first__lte=F("last")), name="pages_in_order"),
        ]


class RowPage(models.Model):
    """The pages of a file, first to last (1-based, inclusive), that prove what is odd in the ledger."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    row = models.UUIDField()
    attachment = models.ForeignKey(Attachment, on_delete=models.CASCADE, related_name="+")
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "row", "attachment", "first"], name="row_proved_once"
            ),
            models.CheckConstraint(
                condition=Q(first__gte=1, first__lte=F("last")), name="row_pages_in_order"
            ),
        ]


class Booklet(models.Model):
    """One edition of the bound book; `inputs` is the digest of everything that went into it.

    `word` is what is filled in (cover, form, checklist) as Word.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    inputs = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=BookletState.choices, default=BookletState.MAKING)
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+", null=True)
    word = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+", null=True)
    pages = models.PositiveIntegerField(default=0)
    plan = models.JSONField(default=dict)
    error = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "version"], name="booklet_version_once"),
            models.UniqueConstraint(fields=["application", "inputs"], name="booklet_inputs_once"),
        ]


class ScanReading(models.Model):
    """A scan that was brought for a booklet: read page by page, then taken or dropped by a person.

    `found` is what each page is, `file` holds those that were put upright.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    booklet = models.ForeignKey(Booklet, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=ScanState.choices, default=ScanState.READING)
    found = models.JSONField(default=list)
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+", null=True)
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    brought_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(state__in=("reading", "read")), name="one_open_scan"
            )
        ]


class ScanPart(models.Model):
    """A file of a scan as it was brought: a PDF or a photo."""

    reading = models.ForeignKey(ScanReading, on_delete=models.CASCADE, related_name="+")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reading", "file"], name="brought_once")]


class StampedPage(models.Model):
    """A printed page that came back stamped. It fits every version of the book in which it is the same.

    `index` (from 0) is its place in `file`; `red` is whether red was seen where seals belong (None: nowhere).
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    reading = models.ForeignKey(ScanReading, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=10)
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    index = models.PositiveIntegerField()
    red = models.BooleanField(null=True)
    # No code could be read: a person has said which page it is.
    by_hand = models.BooleanField(default=False)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "number", "digest"],
                condition=Q(removed_at=None),
                name="one_stamped_page",
            )
        ]


class StampedScan(models.Model):
    """All stamped pages of one version in order (`file`), and the booklet with them in it (`bound`).

    `numbers` are those of the pages of `file`; `unsealed` those without red where a seal belongs,
    which is a hint.
    """

    booklet = models.ForeignKey(Booklet, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    bound = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+", null=True)
    numbers = models.JSONField(default=list)
    unsealed = models.JSONField(default=list)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["booklet"], condition=Q(removed_at=None), name="one_scan_a_booklet"
            )
        ]


class Submission(models.Model):
    """What was handed in, frozen: typed facts, the list of files, booklet and stamped scan."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    facts = models.JSONField()
    manifest = models.JSONField()
    digest = models.CharField(max_length=64)
    booklet = models.ForeignKey(Booklet, on_delete=models.PROTECT, related_name="+")
    scan = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    entry_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "version"], name="submission_once")]
