"""Observations: values that a source stated for a measure and an edition."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from summitry.editions.models import Edition, Summit
from summitry.foundation.i18n import TranslatedField
from summitry.insight.enums import ObservationKind, Qualifier
from summitry.insight.models.measure import Measure

SERIES = "series"


class Observation(models.Model):
    """One claim. `number` holds countable values, `text` all others; with neither, the qualifier is NOT_STATED.

    `span` names what the claim covers where it is not one edition: years ("2014–2021") or the whole SERIES.
    `conflicts` are codes of `Conflict`.
    """

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="observations")
    summit = models.ForeignKey(Summit, on_delete=models.CASCADE, related_name="observations")
    edition = models.ForeignKey(
        Edition, null=True, blank=True, on_delete=models.CASCADE, related_name="observations"
    )
    span = models.CharField(max_length=40, blank=True)
    number = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    text = TranslatedField(max_length=1000)
    qualifier = models.CharField(max_length=10, choices=Qualifier.choices, default=Qualifier.EXACT)
    kind = models.CharField(max_length=10, choices=ObservationKind.choices, default=ObservationKind.ACTUAL)
    as_of = models.DateField()
    source = TranslatedField(max_length=200)
    note = TranslatedField(max_length=1000)
    conflicts = models.JSONField(default=list, blank=True)
    is_public = models.BooleanField(default=True)

    class Meta:
        ordering = ("measure__position", "as_of", "id")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(edition__isnull=False) | ~Q(span=""), name="observation_covers_something"
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | ~Q(qualifier=Qualifier.NOT_STATED),
                name="observation_number_is_stated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure.key}: {self.number if self.number is not None else self.text}"
