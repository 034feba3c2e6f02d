"""Precedence: an order of people that is written down and answered for, not computed."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from summitry.editions.models import Edition
from summitry.foundation.i18n import TranslatedField
from summitry.guests.models import Guest
from summitry.protocol.enums import PrecedenceChange, Rank


class PrecedenceList(models.Model):
    """One order, for one occasion or for all.

    `language` is the one whose alphabet orders equals, `start_letter` the letter that was drawn to begin with. `number` is
    that of the present version: every change raises it, and whoever changes says which one she saw.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="precedence_lists")
    slug = models.SlugField(max_length=80)
    name = TranslatedField(max_length=200)
    language = models.CharField(max_length=20, default="en")
    start_letter = models.CharField(max_length=4, blank=True)
    number = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "slug"], name="precedence_slug_unique")
        ]

    def __str__(self) -> str:
        return str(self.name)


class PrecedenceEntry(models.Model):
    """Somebody's place: the rank and date that put her there (`basis`), and why a hand moved her from it (`reason`)."""

    precedence = models.ForeignKey(PrecedenceList, on_delete=models.CASCADE, related_name="entries")
    guest = models.ForeignKey(Guest, on_delete=models.CASCADE, related_name="precedence_entries")
    position = models.PositiveIntegerField()
    basis = models.CharField(max_length=40, choices=Rank.choices, default=Rank.OTHER)
    since = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("position", "id")
        verbose_name_plural = "precedence entries"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["precedence", "guest"], name="precedence_once")
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.guest}"


class PrecedenceVersion(models.Model):
    """What a list said after one change: the whole order, what was changed, by whom and why. Never changed itself."""

    precedence = models.ForeignKey(PrecedenceList, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    change = models.CharField(max_length=10, choices=PrecedenceChange.choices)
    order = models.JSONField(default=list)
    guest = models.ForeignKey(Guest, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    was = models.PositiveIntegerField(null=True, blank=True)
    now = models.PositiveIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    actor_label = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-number",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["precedence", "number"], name="precedence_version_unique")
        ]

    def __str__(self) -> str:
        return f"{self.precedence} ({self.number})"
