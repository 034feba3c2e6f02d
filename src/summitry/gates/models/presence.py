"""Who was present: on site and online, in one log for the figures; and how many are in each zone at the moment."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from summitry.editions.models import Edition
from summitry.gates.enums import Channel
from summitry.gates.models.zone import Zone
from summitry.guests.models import Guest


class Entry(models.Model):
    """The first time that a guest entered a zone. There is one, however many gates let her in at once."""

    guest = models.ForeignKey(Guest, on_delete=models.CASCADE, related_name="entries")
    zone = models.ForeignKey(Zone, on_delete=models.CASCADE, related_name="entries")
    at = models.DateTimeField()
    scan = models.UUIDField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["guest", "zone"], name="entry_first_once")]
        indexes: ClassVar = [models.Index(fields=["zone"], name="entry_by_zone")]

    def __str__(self) -> str:
        return f"{self.guest}: {self.zone}"


class Presence(models.Model):
    """That a guest was in a zone, or took part online, from when until when. `evidence` says how we know.

    On site the evidence is the id of the scan that let her in; online it is what the platform reports. `heard_at` is when a
    page that says by itself that it is still open was last heard of.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="presences")
    guest = models.ForeignKey(Guest, on_delete=models.CASCADE, related_name="presences")
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.ON_SITE)
    zone = models.ForeignKey(Zone, null=True, on_delete=models.CASCADE, related_name="presences")
    delegation_id = models.BigIntegerField(null=True)
    place = models.CharField(max_length=80, blank=True)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)
    evidence = models.CharField(max_length=200)

    class Meta:
        ordering = ("-from_at", "-id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["guest", "zone"],
                condition=Q(until_at__isnull=True, channel=Channel.ON_SITE),
                name="presence_open_once",
            ),
            models.CheckConstraint(
                condition=Q(channel=Channel.ON_SITE, zone__isnull=False)
                | Q(channel=Channel.ONLINE, zone__isnull=True),
                name="presence_has_place",
            ),
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(from_at__lte=F("until_at")), name="presence_in_order"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["edition", "channel"], name="presence_by_channel"),
            models.Index(
                fields=["zone", "delegation_id"], condition=Q(until_at__isnull=True), name="presence_inside"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guest}: {self.zone or self.place}"


class Counter(models.Model):
    """How many are in a zone: `inside` now, `people` who ever entered, `visits` in all."""

    zone = models.OneToOneField(Zone, on_delete=models.CASCADE, primary_key=True, related_name="counter")
    inside = models.IntegerField(default=0)
    people = models.PositiveIntegerField(default=0)
    visits = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.zone}: {self.inside}"
