"""Entities and how they are named: names are a policy of the organiser, kept in versions, never of a library."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from summitry.directory.enums import EntityKind, NameForm


class Entity(models.Model):
    """What a person or delegation represents. `code` is ISO 3166-1 alpha-2 where one exists, else our own."""

    code = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=10, choices=EntityKind.choices, default=EntityKind.COUNTRY)

    class Meta:
        ordering = ("code",)
        verbose_name_plural = "entities"

    def __str__(self) -> str:
        return self.code


class NamingProfile(models.Model):
    """One version of an organiser's stylebook of entity names. A frozen version is never edited again."""

    slug = models.SlugField(max_length=60)
    version = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=200)
    source = models.CharField(max_length=300, blank=True, help_text=_("Where these names come from."))
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("slug", "-version")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["slug", "version"], name="naming_profile_version_unique")
        ]

    def __str__(self) -> str:
        return f"{self.title} (v{self.version})"


class EntityName(models.Model):
    """What an entity is called in one language and form, in one profile."""

    profile = models.ForeignKey(NamingProfile, on_delete=models.CASCADE, related_name="names")
    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="names")
    lang = models.CharField(max_length=20)
    form = models.CharField(max_length=10, choices=NameForm.choices, default=NameForm.SHORT)
    text = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["profile", "entity", "lang", "form"], name="entity_name_unique")
        ]

    def __str__(self) -> str:
        return self.text


class FlagAsset(models.Model):
    """A flag as it was valid in a span of time: a static SVG by name, with its official ratio (height : width)."""

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="flags")
    asset = models.CharField(max_length=100, help_text=_("Static path of the SVG."))
    ratio = models.CharField(max_length=12, default="2:3")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(
        null=True, blank=True, help_text=_("The first day on which it is no longer valid.")
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_from__lt=models.F("valid_to")),
                name="flag_dates_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.entity.code} {self.asset}"
