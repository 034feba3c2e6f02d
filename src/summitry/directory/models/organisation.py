"""Organisations and the dated posts people hold in them."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from summitry.directory.enums import OrganisationKind
from summitry.directory.models.entity import Entity
from summitry.directory.models.person import Person
from summitry.foundation.i18n import TranslatedField


class Organisation(models.Model):
    """A body with a name: ministry, university, firm, association."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    name = TranslatedField(max_length=300)
    short_name = TranslatedField(max_length=60)
    kind = models.CharField(max_length=12, choices=OrganisationKind.choices, default=OrganisationKind.OTHER)
    entity = models.ForeignKey(
        Entity, null=True, blank=True, on_delete=models.PROTECT, related_name="organisations"
    )
    website = models.URLField(blank=True)

    def __str__(self) -> str:
        return str(self.name)


class Affiliation(models.Model):
    """A post with dates, so that a retitled dignitary is not shown under last year's title."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="affiliations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="affiliations")
    title = TranslatedField(max_length=300)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(starts_on__lte=models.F("ends_on")),
                name="affiliation_dates_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.title}"
