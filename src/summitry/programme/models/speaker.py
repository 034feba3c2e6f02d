"""What a speaker tells of herself for one edition: availability, needs, files; and which links of her page hold."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from summitry.directory.models import Person
from summitry.editions.models import Edition
from summitry.foundation.models import StoredFile
from summitry.programme.enums import BiographyState, LinkTest, MaterialKind
from summitry.programme.models.session import Contribution, Session


class Speaker(models.Model):
    """A person who appears in an edition, as she tells it herself or her assistant on her behalf.

    The links of her page, hers and her assistant's, are made of the row's key and a generation and kept nowhere (see
    docs/decisions/0013); raising a generation closes the link before. `zone_name` is where she will be. `signed` maps a
    language to the digest of the biography that she approved, `biography_state` is what follows from it.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="speakers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="speaking")
    generation = models.PositiveIntegerField(default=1, editable=False)
    assistant_generation = models.PositiveIntegerField(default=1, editable=False)
    assistant_name = models.CharField(max_length=200, blank=True)
    assistant_email = models.EmailField(blank=True)
    zone_name = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=20, blank=True)
    technical_needs = models.TextField(max_length=2000, blank=True)
    needs_visa = models.BooleanField(null=True, blank=True)
    needs_travel = models.BooleanField(null=True, blank=True)
    link_test = models.CharField(max_length=10, choices=LinkTest.choices, default=LinkTest.OPEN)
    link_tested_at = models.DateTimeField(null=True, blank=True)
    link_details = models.JSONField(default=dict, blank=True)
    signed = models.JSONField(default=dict, blank=True)
    biography_state = models.CharField(
        max_length=10, choices=BiographyState.choices, default=BiographyState.MISSING
    )
    portrait_signed_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "person"], name="speaker_once_per_edition")
        ]

    def __str__(self) -> str:
        return str(self.person)


class Availability(models.Model):
    """An interval in which a speaker can appear; a speaker without any has not restricted herself."""

    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="availabilities")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ("starts_at", "id")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=models.F("ends_at")), name="availability_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.speaker}: {self.starts_at:%Y-%m-%d %H:%M}"


class Material(models.Model):
    """One version of a file for a session or one contribution of it. A higher `number` replaces the one before."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="materials")
    contribution = models.ForeignKey(
        Contribution, null=True, blank=True, on_delete=models.CASCADE, related_name="materials"
    )
    speaker = models.ForeignKey(
        Speaker, null=True, blank=True, on_delete=models.SET_NULL, related_name="materials"
    )
    kind = models.CharField(max_length=10, choices=MaterialKind.choices)
    number = models.PositiveSmallIntegerField(default=1)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    is_late = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-number", "-id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                "session",
                Coalesce("contribution", 0),
                Coalesce("speaker", 0),
                "kind",
                "number",
                name="material_number_unique",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"
