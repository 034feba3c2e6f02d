"""The health step: off unless an edition switches it on."""

from __future__ import annotations

from django.db import models

from summitry.editions.models import Edition
from summitry.foundation.i18n import TranslatedField
from summitry.guests.models import Guest, Purpose


class HealthStep(models.Model):
    """What an edition asks: a result not older than `hours` when its holder arrives; why and how long it is kept."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="health_step")
    is_on = models.BooleanField(default=False)
    hours = models.PositiveSmallIntegerField(default=48)
    asked = TranslatedField(max_length=1000)
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="health_steps")

    def __str__(self) -> str:
        return str(self.edition)


class HealthResult(models.Model):
    """One result of a guest. What it said is sealed; each look at it is recorded; when it was taken is not secret."""

    guest = models.ForeignKey(Guest, on_delete=models.CASCADE, related_name="health_results")
    taken_at = models.DateTimeField()
    sealed = models.TextField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("-taken_at", "-id")

    def __str__(self) -> str:
        return str(self.guest)
