"""Programmes, the pinned editions of their rulebooks, rounds, windows and the places of a year."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from xingyun.registry.models import Authority
from xingyun.rounds.states import RoundState, Scope


class Programme(models.Model):
    """A family of rounds that award the same kind of title."""

    key = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=120)


class Edition(models.Model):
    """A rulebook as it was released: its files, word for word, under one digest.

    The running system reads nothing but this; the folder it came from may change or vanish.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    number = models.PositiveSmallIntegerField()
    source = models.JSONField()
    contacts = models.JSONField(default=dict)
    supersedes = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="edition_numbered")]


class Round(models.Model):
    """One call for applications under one edition."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=RoundState.choices, default=RoundState.PLANNED)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "year", "number"], name="round_numbered"),
            models.UniqueConstraint(
                fields=["programme"], condition=Q(state="open"), name="one_open_round_a_programme"
            ),
        ]

    @property
    def stream(self) -> str:
        """The audit stream of the round."""
        return f"round:{self.uid}"


class Amendment(models.Model):
    """An edition that takes the place of a round's own from a day on; `scope` says which applications follow.

    `carried` and `left` are how many followed and how many stayed, by state, once it took effect.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    before = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    scope = models.CharField(max_length=12, choices=Scope.choices)
    kinds = models.JSONField()
    reason = models.CharField(max_length=1000)
    effective_on = models.DateField()
    announced_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    announced_at = models.DateTimeField()
    effected_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    carried = models.JSONField(default=dict)
    left = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round"],
                condition=Q(effected_at=None, withdrawn_at=None),
                name="one_amendment_on_its_way",
            ),
            models.UniqueConstraint(
                fields=["round", "before"], condition=Q(withdrawn_at=None), name="an_edition_is_left_once"
            ),
            models.CheckConstraint(condition=~Q(before=F("after")), name="amended_by_another"),
            models.CheckConstraint(
                condition=Q(effected_at=None) | Q(withdrawn_at=None), name="effected_or_withdrawn"
            ),
        ]


class Window(models.Model):
    """When a stage is open, for the whole round or for one authority: from `opens`, before `closes`.

    A change never overwrites: the old window is replaced and stays. One that the rulebook itself fixes was
    set by nobody.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+", null=True)
    stage = models.SlugField(max_length=40)
    opens = models.DateTimeField()
    closes = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    set_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="window_closes_later"),
            models.UniqueConstraint(
                fields=["round", "authority", "stage"], condition=Q(replaced_at=None), name="one_live_window"
            ),
            models.UniqueConstraint(
                fields=["round", "stage"],
                condition=Q(replaced_at=None, authority=None),
                name="one_live_window_for_all",
            ),
        ]


class Extension(models.Model):
    """More time for the reports that a deadline of the rulebook binds, for one authority or (None) for all.

    Granted with a reason by the authority that leads; a later one replaces it and it stays.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+", null=True)
    deadline = models.SlugField(max_length=40)
    until = models.DateTimeField()
    reason = models.CharField(max_length=500)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "authority", "deadline"],
                condition=Q(replaced_at=None),
                name="one_live_extension",
            ),
            models.UniqueConstraint(
                fields=["round", "deadline"],
                condition=Q(replaced_at=None, authority=None),
                name="one_live_extension_for_all",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="extended_with_a_reason"),
        ]


class QuotaLine(models.Model):
    """The places of one authority, year and quota group. The database refuses one place too many."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    group = models.SlugField(max_length=40)
    base = models.PositiveIntegerField()
    cap = models.PositiveIntegerField()
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "authority", "year", "group"], name="one_line_a_group"
            ),
            models.CheckConstraint(condition=Q(used__lte=F("cap")), name="places_within_cap"),
        ]
