"""Categories of guests: what each has to do before it is admitted, as a table that an edition can change."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from summitry.editions.models import Edition
from summitry.foundation.i18n import TranslatedField
from summitry.guests.enums import Capacity, Rule, Step


def all_steps() -> list[str]:
    """Return every step, as a category has them that nobody has changed."""
    return [step.value for step in Step]


class Category(models.Model):
    """Guests who are asked the same and admitted the same way.

    `steps` are those of the accreditation that apply, `clocks` by how many hours each should be done. `needs_two` is the
    rule that two people decide. `counts` says whether its guests count in the closing figures. `is_open` lets anybody
    register between `opens_at` and `closes_at`; with `on_behalf`, somebody else may fill in without the guest's account.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="categories")
    slug = models.SlugField(max_length=40)
    name = TranslatedField(max_length=100)
    capacity = models.CharField(max_length=20, choices=Capacity.choices)
    position = models.PositiveSmallIntegerField(default=0)
    colour = models.CharField(max_length=7, default="#1f4f8b")
    steps = models.JSONField(default=all_steps, blank=True)
    clocks = models.JSONField(default=dict, blank=True)
    needs_two = models.BooleanField(default=False)
    photo = models.CharField(max_length=10, choices=Rule.choices, default=Rule.REQUIRED)
    identity = models.CharField(max_length=10, choices=Rule.choices, default=Rule.ASKED)
    visa = models.CharField(max_length=10, choices=Rule.choices, default=Rule.ASKED)
    on_behalf = models.BooleanField(default=True)
    counts = models.BooleanField(default=True)
    companions = models.PositiveSmallIntegerField(default=0)
    places = models.PositiveIntegerField(null=True, blank=True)
    is_open = models.BooleanField(default=False)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("position", "id")
        verbose_name_plural = "categories"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "slug"], name="category_slug_unique")
        ]

    def __str__(self) -> str:
        return str(self.name)
