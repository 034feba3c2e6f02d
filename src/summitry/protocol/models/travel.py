"""Journeys to the summit and away, and the rides between stations, hotels and the venue."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from summitry.editions.models import Edition
from summitry.foundation.i18n import TranslatedField
from summitry.guests.models import Guest
from summitry.protocol.enums import Direction, LegState, Means, StationKind


class Station(models.Model):
    """A place at which guests are picked up or set down."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="stations")
    slug = models.SlugField(max_length=40)
    name = TranslatedField(max_length=200)
    kind = models.CharField(max_length=10, choices=StationKind.choices, default=StationKind.AIRPORT)
    meeting_point = TranslatedField(max_length=300)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "slug"], name="station_slug_unique")
        ]

    def __str__(self) -> str:
        return str(self.name)


class Leg(models.Model):
    """One journey of a guest: by what, from where to where, and when by the clocks of both ends.

    Of an arrival `station` is where she arrives, of a departure where she leaves. `expected_at` is the new time of a delay.
    """

    guest = models.ForeignKey(Guest, on_delete=models.CASCADE, related_name="legs")
    direction = models.CharField(max_length=10, choices=Direction.choices)
    means = models.CharField(max_length=10, choices=Means.choices, default=Means.FLIGHT)
    code = models.CharField(max_length=20, blank=True)
    from_place = models.CharField(max_length=120)
    to_place = models.CharField(max_length=120)
    departs_at = models.DateTimeField(null=True, blank=True)
    arrives_at = models.DateTimeField(null=True, blank=True)
    away_zone = models.CharField(max_length=64, blank=True)
    station = models.ForeignKey(
        Station, null=True, blank=True, on_delete=models.SET_NULL, related_name="legs"
    )
    expected_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=LegState.choices, default=LegState.EXPECTED)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(departs_at__isnull=False) | Q(arrives_at__isnull=False), name="leg_has_a_time"
            ),
            models.CheckConstraint(
                condition=Q(departs_at__isnull=True)
                | Q(arrives_at__isnull=True)
                | Q(departs_at__lt=F("arrives_at")),
                name="leg_times_in_order",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["direction", "arrives_at"], name="leg_by_arrival")]

    def __str__(self) -> str:
        return f"{self.guest}: {self.get_direction_display()} {self.code}".strip()


class Vehicle(models.Model):
    """A car or bus with its places for guests, and who drives it."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="vehicles")
    label = models.CharField(max_length=60)
    seats = models.PositiveSmallIntegerField()
    driver = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("label", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "label"], name="vehicle_label_unique"),
            models.CheckConstraint(condition=Q(seats__gt=0), name="vehicle_has_seats"),
        ]

    def __str__(self) -> str:
        return self.label


class Transfer(models.Model):
    """One ride of a vehicle between two stations."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="transfers")
    vehicle = models.ForeignKey(Vehicle, on_delete=models.PROTECT, related_name="transfers")
    from_station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="transfers_from")
    to_station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="transfers_to")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("starts_at", "id")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="transfer_in_order"),
            models.CheckConstraint(
                condition=~Q(from_station=F("to_station")), name="transfer_between_two_stations"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["edition", "starts_at"], name="transfer_by_time")]

    def __str__(self) -> str:
        return f"{self.from_station} – {self.to_station}"


class Rider(models.Model):
    """Who rides along."""

    transfer = models.ForeignKey(Transfer, on_delete=models.CASCADE, related_name="riders")
    guest = models.ForeignKey(Guest, on_delete=models.CASCADE, related_name="rides")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["transfer", "guest"], name="rider_once")]

    def __str__(self) -> str:
        return f"{self.transfer}: {self.guest}"
