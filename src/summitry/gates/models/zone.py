"""Zones, who may enter them when, and how many."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from summitry.editions.models import Edition, Room
from summitry.foundation.i18n import TranslatedField
from summitry.gates.enums import Again, Effect
from summitry.guests.enums import Attendance
from summitry.guests.models import Category, Delegation, Guest


class Zone(models.Model):
    """A part of the grounds that is entered through gates.

    `parent` is the zone around it; being in both at once is no contradiction. `capacity` is how many it holds, and
    `emergency` how many more a supervisor has allowed for the time being. With `by_delegation`, the guests of a delegation
    share its allotted passes.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="zones")
    slug = models.SlugField(max_length=40)
    name = TranslatedField(max_length=100)
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.SET_NULL, related_name="zones")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    capacity = models.PositiveIntegerField(null=True, blank=True)
    emergency = models.PositiveIntegerField(default=0)
    again = models.CharField(max_length=10, choices=Again.choices, default=Again.AFTER_EXIT)
    by_delegation = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "slug"], name="zone_slug_unique"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="zone_not_own_part"
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class AccessRule(models.Model):
    """That a category (or everybody, where none is named) may enter a zone, on some days, at some hours.

    Without days it is every day of the edition, without hours the whole day, in the zone of the host city. Hours that end
    before they begin end on the next day.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="access_rules")
    zone = models.ForeignKey(Zone, on_delete=models.CASCADE, related_name="rules")
    category = models.ForeignKey(
        Category, null=True, blank=True, on_delete=models.CASCADE, related_name="access_rules"
    )
    attendance = models.CharField(
        max_length=10, choices=Attendance.choices, default=Attendance.ON_SITE, blank=True
    )
    first_day = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    opens = models.TimeField(null=True, blank=True)
    closes = models.TimeField(null=True, blank=True)

    class Meta:
        ordering = ("zone__position", "zone_id", "id")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(first_day__isnull=True)
                | Q(last_day__isnull=True)
                | Q(first_day__lte=F("last_day")),
                name="access_rule_days_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.zone}: {self.category or '*'}"


class Grant(models.Model):
    """That one guest may enter a zone, or may not, whatever her category says; a denial is the last word."""

    guest = models.ForeignKey(Guest, on_delete=models.CASCADE, related_name="access_grants")
    zone = models.ForeignKey(Zone, on_delete=models.CASCADE, related_name="grants")
    effect = models.CharField(max_length=5, choices=Effect.choices, default=Effect.ALLOW)
    from_at = models.DateTimeField(null=True, blank=True)
    until_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300)
    by = models.CharField(max_length=200, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(from_at__isnull=True) | Q(until_at__isnull=True) | Q(from_at__lt=F("until_at")),
                name="grant_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.guest}: {self.zone}"

    @property
    def edition_id(self) -> int:
        """The edition to which the zone belongs."""
        return self.zone.edition_id


class Allotment(models.Model):
    """How many guests of a delegation may be in a zone at once: passes that they hand on among themselves."""

    zone = models.ForeignKey(Zone, on_delete=models.CASCADE, related_name="allotments")
    delegation = models.ForeignKey(Delegation, on_delete=models.CASCADE, related_name="allotments")
    places = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("zone_id", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["zone", "delegation"], name="allotment_once")
        ]

    def __str__(self) -> str:
        return f"{self.zone}, {self.delegation}: {self.places}"

    @property
    def edition_id(self) -> int:
        """The edition to which the zone belongs."""
        return self.zone.edition_id
