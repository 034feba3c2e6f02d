"""Delegations: guests who arrive together under one organisation, country or region, and how many may."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from summitry.directory.models import Entity, Organisation
from summitry.editions.models import Edition
from summitry.foundation.i18n import TranslatedField
from summitry.guests.models.category import Category


class Delegation(models.Model):
    """Who sends guests: an organisation, or an entity. Its focal points hold the role of that name in its scope."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="delegations")
    slug = models.SlugField(max_length=80)
    name = TranslatedField(max_length=200)
    entity = models.ForeignKey(
        Entity, null=True, blank=True, on_delete=models.PROTECT, related_name="delegations"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="delegations"
    )
    head = models.ForeignKey(
        "guests.Guest", null=True, blank=True, on_delete=models.SET_NULL, related_name="heads"
    )
    language = models.CharField(max_length=20, blank=True)
    zone_name = models.CharField(max_length=64, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "slug"], name="delegation_slug_unique")
        ]

    def __str__(self) -> str:
        return str(self.name)


class Quota(models.Model):
    """How many guests of a category a delegation may send.

    Where no place is left, `overflow` is the category whose places are taken next; where `waits`, whoever is nominated
    beyond all places goes on the waiting list.
    """

    delegation = models.ForeignKey(Delegation, on_delete=models.CASCADE, related_name="quotas")
    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="quotas")
    places = models.PositiveSmallIntegerField()
    overflow = models.ForeignKey(
        Category, null=True, blank=True, on_delete=models.SET_NULL, related_name="overflows"
    )
    waits = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["delegation", "category"], name="quota_once")
        ]

    def __str__(self) -> str:
        return f"{self.delegation}: {self.places}"
