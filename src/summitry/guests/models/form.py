"""What guests are asked, for which purpose, and what they answered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from summitry.editions.models import Edition
from summitry.foundation.i18n import TranslatedField
from summitry.foundation.models import StoredFile
from summitry.guests.enums import FieldKind, Step
from summitry.guests.models.category import Category
from summitry.guests.models.guest import Guest


class Purpose(models.Model):
    """What data are for: why they are asked, how many days after the edition's end they are kept, who may read them.

    What is `sealed` is encrypted in the database, shown to named roles only, and each look is recorded.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="purposes")
    slug = models.SlugField(max_length=40)
    name = TranslatedField(max_length=100)
    reason = TranslatedField(max_length=1000)
    keep_days = models.PositiveSmallIntegerField(default=90)
    needs_consent = models.BooleanField(default=False)
    sealed = models.BooleanField(default=False)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "slug"], name="purpose_slug_unique")
        ]

    def __str__(self) -> str:
        return str(self.name)


class Field(models.Model):
    """One question of a form, asked of some categories (of all, where none is named) in one step.

    `attendance` narrows it to guests who take part so (all, where it is empty). `condition` is empty or
    `{"field": slug, "in": [values]}`: asked only where the other was answered so. `options` are
    `{"value": …, "label": {language: text}}`.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="guest_fields")
    slug = models.SlugField(max_length=40)
    label = TranslatedField(max_length=200)
    hint = TranslatedField(max_length=500)
    kind = models.CharField(max_length=10, choices=FieldKind.choices)
    step = models.CharField(max_length=20, choices=Step.choices, default=Step.APPLICATION)
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="fields")
    categories = models.ManyToManyField(Category, blank=True, related_name="fields")
    attendance = models.JSONField(default=list, blank=True)
    is_required = models.BooleanField(default=False)
    options = models.JSONField(default=list, blank=True)
    condition = models.JSONField(default=dict, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "slug"], name="field_slug_unique")
        ]

    def __str__(self) -> str:
        return str(self.label)


class Answer(models.Model):
    """What a guest answered: a plain value, or a sealed one (`foundation.sealing`), or a file."""

    guest = models.ForeignKey(Guest, on_delete=models.CASCADE, related_name="answers")
    field = models.ForeignKey(Field, on_delete=models.CASCADE, related_name="answers")
    value = models.JSONField(null=True, blank=True)
    sealed = models.TextField(blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["guest", "field"], name="answer_once")]

    def __str__(self) -> str:
        return f"{self.guest}: {self.field}"
