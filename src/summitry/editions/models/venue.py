"""Where an edition takes place: venue, buildings, rooms, and how long the walk between buildings takes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from summitry.editions.models.edition import Edition
from summitry.foundation.i18n import TranslatedField


class Venue(models.Model):
    """The place as a whole."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="venues")
    name = TranslatedField(max_length=200)
    address = TranslatedField(max_length=500)

    def __str__(self) -> str:
        return str(self.name)


class Building(models.Model):
    """A building, or a part of the grounds reached on foot."""

    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="buildings")
    name = TranslatedField(max_length=200)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return str(self.name)


class Room(models.Model):
    """A physical room. `code` is stable within the edition and appears in addresses and calendars."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="rooms")
    building = models.ForeignKey(
        Building, null=True, blank=True, on_delete=models.SET_NULL, related_name="rooms"
    )
    code = models.SlugField(max_length=80)
    name = TranslatedField(max_length=200)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    equipment = models.JSONField(default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    external = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("position", "id")
        constraints: ClassVar = [models.UniqueConstraint(fields=["edition", "code"], name="room_code_unique")]

    def __str__(self) -> str:
        return str(self.name)


class Walk(models.Model):
    """Minutes on foot between two buildings, in both directions; stored once, with the smaller id first."""

    first = models.ForeignKey(Building, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Building, on_delete=models.CASCADE, related_name="+")
    minutes = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="walk_unique"),
            models.CheckConstraint(condition=Q(first__lt=models.F("second")), name="walk_smaller_first"),
        ]

    def __str__(self) -> str:
        return f"{self.first} – {self.second}: {self.minutes} min"
