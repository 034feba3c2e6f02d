"""How badges look, what was printed when, what is wrong with a badge before it is printed, and who carried it away."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from summitry.editions.models import Edition
from summitry.foundation.models import StoredFile
from summitry.gates.enums import BadgeOrder, SheetKind
from summitry.gates.models.credential import Credential
from summitry.guests.models import Category, Guest

SMALLEST, LARGEST = 30, 300
"""Millimetres that a side of a badge may have."""


class BadgeLayout(models.Model):
    """How the badges of some categories look; of all that are in no other layout, where it names none.

    `elements` are as `queries.badge_elements` reads them, `revision` counts the changes. `picture` is drawn by the elements
    of that kind.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="badge_layouts")
    name = models.CharField(max_length=80)
    width = models.PositiveSmallIntegerField(
        default=105, validators=[MinValueValidator(SMALLEST), MaxValueValidator(LARGEST)]
    )
    height = models.PositiveSmallIntegerField(
        default=148, validators=[MinValueValidator(SMALLEST), MaxValueValidator(LARGEST)]
    )
    elements = models.JSONField(default=list, blank=True)
    categories = models.ManyToManyField(Category, blank=True, related_name="badge_layouts")
    picture = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "name"], name="badge_layout_name_unique")
        ]

    def __str__(self) -> str:
        return self.name


class BadgeBatch(models.Model):
    """Badges that somebody had printed at once: which she chose, in which order, on what sheets.

    The files go after some days, as they hold names and pictures; the record stays.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="badge_batches")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    actor_label = models.CharField(max_length=200)
    made_at = models.DateTimeField(default=timezone.now)
    order = models.CharField(max_length=12, choices=BadgeOrder.choices, default=BadgeOrder.NAME)
    sheet = models.CharField(max_length=8, choices=SheetKind.choices, default=SheetKind.SINGLE)
    marks = models.BooleanField(default=False)
    chosen = models.JSONField(default=dict, blank=True)
    badges = models.PositiveIntegerField(default=0)
    files = models.ManyToManyField(StoredFile, blank=True, related_name="+")

    class Meta:
        ordering = ("-made_at", "-id")
        verbose_name_plural = "badge batches"

    def __str__(self) -> str:
        return f"{self.made_at:%F %H:%M}: {self.badges}"


class PrintedBadge(models.Model):
    """That a badge was printed in a batch, with the digest of what stood on it."""

    batch = models.ForeignKey(BadgeBatch, on_delete=models.CASCADE, related_name="printed")
    credential = models.ForeignKey(Credential, on_delete=models.CASCADE, related_name="printed")
    face = models.CharField(max_length=16)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "credential"], name="printed_badge_once")
        ]

    def __str__(self) -> str:
        return f"{self.credential}"


class BadgeCheck(models.Model):
    """What is wrong with the badge of a guest, found by setting it in type: `problems` are kind, element and detail.

    `kinds` are the kinds of these problems, each between commas; nothing where all is well.
    `face` is the digest of what was checked; `printed_face` of what was printed last, on the badge that is valid now.
    """

    guest = models.OneToOneField(
        Guest, on_delete=models.CASCADE, primary_key=True, related_name="badge_check"
    )
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="badge_checks")
    face = models.CharField(max_length=16)
    printed_face = models.CharField(max_length=16, blank=True)
    problems = models.JSONField(default=list, blank=True)
    kinds = models.CharField(max_length=60, blank=True)
    is_outdated = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["edition", "kinds"], name="badge_check_by_problem")]

    def __str__(self) -> str:
        return f"{self.guest}: {len(self.problems)}"


class Handover(models.Model):
    """That a badge was handed out: to the guest herself, or to whoever came for her with a letter of authority."""

    credential = models.OneToOneField(Credential, on_delete=models.CASCADE, related_name="handover")
    to = models.CharField(max_length=120, blank=True)
    authority = models.CharField(max_length=200, blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.credential}: {self.to}"
