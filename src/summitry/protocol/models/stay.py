"""Where guests sleep: hotels, the rooms that are held there, and who has one."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from summitry.editions.models import Edition
from summitry.foundation.i18n import TranslatedField
from summitry.guests.models import Guest


class Hotel(models.Model):
    """A house in which rooms are held for guests."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="hotels")
    slug = models.SlugField(max_length=60)
    name = TranslatedField(max_length=200)
    address = TranslatedField(max_length=300)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "slug"], name="hotel_slug_unique")
        ]

    def __str__(self) -> str:
        return str(self.name)


class Allotment(models.Model):
    """How many rooms of one class a hotel holds, from the first night to the morning of `until`."""

    hotel = models.ForeignKey(Hotel, on_delete=models.CASCADE, related_name="allotments")
    room_class = TranslatedField(max_length=80)
    rooms = models.PositiveSmallIntegerField()
    since = models.DateField()
    until = models.DateField()

    class Meta:
        ordering = ("hotel__position", "id")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(since__lt=F("until")), name="allotment_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.hotel}, {self.room_class}"


class Stay(models.Model):
    """A guest's room, from the evening of `arrives_on` to the morning of `leaves_on`.

    `shares` says that she sleeps in the room of somebody who has one: she takes none of the allotment.
    """

    guest = models.ForeignKey(Guest, on_delete=models.CASCADE, related_name="stays")
    allotment = models.ForeignKey(Allotment, on_delete=models.PROTECT, related_name="stays")
    arrives_on = models.DateField()
    leaves_on = models.DateField()
    shares = models.BooleanField(default=False)
    room_number = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("arrives_on", "id")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(arrives_on__lt=F("leaves_on")), name="stay_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.guest}: {self.allotment}"
