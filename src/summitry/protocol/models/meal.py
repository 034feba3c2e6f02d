"""Meals, who is entitled to them, and what people need to be served; the kitchen sees numbers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from summitry.editions.models import Edition
from summitry.foundation.i18n import TranslatedField
from summitry.guests.models import Category, Guest


class Meal(models.Model):
    """One meal: when and where. Guests of `categories` are entitled to it, and whoever is named besides."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="meals")
    name = TranslatedField(max_length=120)
    place = TranslatedField(max_length=200)
    starts_at = models.DateTimeField()
    categories = models.ManyToManyField(Category, blank=True, related_name="meals")

    class Meta:
        ordering = ("starts_at", "id")

    def __str__(self) -> str:
        return str(self.name)


class Entitlement(models.Model):
    """A guest who may come to a meal although her category does not say so, or may not although it does."""

    meal = models.ForeignKey(Meal, on_delete=models.CASCADE, related_name="entitlements")
    guest = models.ForeignKey(Guest, on_delete=models.CASCADE, related_name="meal_entitlements")
    may = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["meal", "guest"], name="entitlement_once")]

    def __str__(self) -> str:
        return f"{self.meal}: {self.guest}"


class Diet(models.Model):
    """What a guest needs to be served, sealed: it may tell of her faith or her health. Counts are made of it, no lists."""

    guest = models.OneToOneField(Guest, on_delete=models.CASCADE, related_name="diet")
    sealed = models.TextField(blank=True)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.guest)
