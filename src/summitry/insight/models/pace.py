"""How far an edition was on each day before its opening, so that the next one can be compared at the same distance."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from summitry.editions.models import Edition


class DailyFigure(models.Model):
    """What one gauge showed at the end of one day. `days_left` counts to the opening: 0 on the day, negative after."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="daily_figures")
    gauge = models.SlugField(max_length=40)
    days_left = models.SmallIntegerField()
    value = models.PositiveIntegerField()

    class Meta:
        ordering = ("-days_left", "gauge")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "gauge", "days_left"], name="daily_figure_unique")
        ]

    def __str__(self) -> str:
        return f"{self.gauge} {self.days_left} days before: {self.value}"
