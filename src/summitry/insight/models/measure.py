"""Measures: what is counted, defined once for all editions."""

from __future__ import annotations

from django.db import models

from summitry.foundation.i18n import TranslatedField
from summitry.insight.enums import COUNTABLE, MeasureGroup, MeasureUnit


class Measure(models.Model):
    """A definition. `is_headline` measures appear on home and comparison pages, in `position` order."""

    key = models.SlugField(max_length=60, unique=True)
    name = TranslatedField(max_length=120)
    definition = TranslatedField(max_length=1000)
    unit = models.CharField(max_length=15, choices=MeasureUnit.choices, default=MeasureUnit.ITEMS)
    group = models.CharField(max_length=15, choices=MeasureGroup.choices, default=MeasureGroup.PROGRAMME)
    is_headline = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "key")

    def __str__(self) -> str:
        return str(self.name) or self.key

    @property
    def is_countable(self) -> bool:
        """Whether values are numbers that can be compared."""
        return self.unit in COUNTABLE
