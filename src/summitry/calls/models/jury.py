"""The jury of a call: who was appointed, what she knows and wants to read, and what she must not judge."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from summitry.calls.enums import BidValue, ConflictKind, ConflictSource, ConflictState, JurorState
from summitry.calls.models.call import Call
from summitry.calls.models.entry import Entry
from summitry.directory.models import Entity, Organisation, Person
from summitry.foundation.i18n import TranslatedField


class Panel(models.Model):
    """A part of the jury that reads some areas (all, where `areas` names none)."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="panels")
    name = TranslatedField(max_length=120)
    areas = models.JSONField(default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return str(self.name)

    @property
    def edition_id(self) -> int:
        """The edition to which it belongs, for the log."""
        return self.call.edition_id


class Juror(models.Model):
    """A person appointed to the jury of one call. `expertise` lists areas, the best known first, at most three.

    `least` and `most` are entries in one round. She signs in with `account`, once she has accepted.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="jurors")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="juries")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="juries"
    )
    panel = models.ForeignKey(Panel, null=True, blank=True, on_delete=models.SET_NULL, related_name="jurors")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="jurors"
    )
    entity = models.ForeignKey(Entity, null=True, blank=True, on_delete=models.PROTECT, related_name="jurors")
    state = models.CharField(max_length=10, choices=JurorState.choices, default=JurorState.PROPOSED)
    state_since = models.DateTimeField(default=timezone.now)
    is_chair = models.BooleanField(default=False)
    least = models.PositiveSmallIntegerField(default=0)
    most = models.PositiveSmallIntegerField(default=40)
    languages = models.JSONField(default=list, blank=True)
    expertise = models.JSONField(default=list, blank=True)
    words = models.TextField(max_length=2000, blank=True, help_text="What she works on, in her own words")
    generation = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "person"], name="juror_once_per_call"),
            models.CheckConstraint(
                condition=models.Q(least__lte=models.F("most")), name="juror_load_in_order"
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def edition_id(self) -> int:
        """The edition to which it belongs, for the log."""
        return self.call.edition_id


class OrganisationGroup(models.Model):
    """Institutions that count as one house where conflicts of interest are looked for: a holding and its firms.

    `members` are their names as people write them.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="organisation_groups")
    name = models.CharField(max_length=200)
    members = models.JSONField(default=list)

    class Meta:
        ordering = ("name", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "name"], name="organisation_group_unique")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def edition_id(self) -> int:
        """The edition to which it belongs, for the log."""
        return self.call.edition_id


class Bid(models.Model):
    """How gladly a juror would read an entry."""

    juror = models.ForeignKey(Juror, on_delete=models.CASCADE, related_name="bids")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="bids")
    value = models.CharField(max_length=10, choices=BidValue.choices)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["juror", "entry"], name="bid_once")]

    def __str__(self) -> str:
        return f"{self.juror}: {self.entry}"

    @property
    def edition_id(self) -> int:
        """The edition to which it belongs, for the log."""
        return self.juror.call.edition_id


class Conflict(models.Model):
    """A reason why a juror must not judge an entry. It bars while it is open or upheld; `evidence` says what it rests on."""

    juror = models.ForeignKey(Juror, on_delete=models.CASCADE, related_name="conflicts")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="conflicts")
    kind = models.CharField(max_length=20, choices=ConflictKind.choices)
    source = models.CharField(max_length=10, choices=ConflictSource.choices)
    state = models.CharField(max_length=10, choices=ConflictState.choices, default=ConflictState.OPEN)
    evidence = models.JSONField(default=dict, blank=True)
    words = models.CharField(max_length=1000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    found_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["juror", "entry", "kind", "source"], name="conflict_once")
        ]
        indexes: ClassVar = [models.Index(fields=["entry", "state"], name="conflict_by_entry")]

    def __str__(self) -> str:
        return str(self.juror)  # the log is read by people, too, whom a conflict bars from the entry

    @property
    def edition_id(self) -> int:
        """The edition to which it belongs, for the log."""
        return self.juror.call.edition_id
