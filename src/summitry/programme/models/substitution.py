"""Somebody whom a speaker who cannot come names in her place, until the forum's editors have decided."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from summitry.directory.models import Person
from summitry.programme.enums import SpeakerRole, SubstitutionState
from summitry.programme.models.session import Appearance, Contribution, Session
from summitry.programme.models.speaker import Speaker


class Substitution(models.Model):
    """A proposal: who is to take over which part. Accepting it puts `replaced_by` in the place of `appearance`."""

    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="substitutions")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="substitutions")
    contribution = models.ForeignKey(
        Contribution, null=True, blank=True, on_delete=models.CASCADE, related_name="substitutions"
    )
    appearance = models.ForeignKey(
        Appearance, null=True, blank=True, on_delete=models.SET_NULL, related_name="substitutions"
    )
    role = models.CharField(max_length=12, choices=SpeakerRole.choices)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    post = models.CharField(max_length=300, blank=True)
    state = models.CharField(
        max_length=10, choices=SubstitutionState.choices, default=SubstitutionState.PROPOSED
    )
    remarks = models.TextField(max_length=1000, blank=True)
    replaced_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-proposed_at", "-id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["appearance"],
                condition=Q(state=SubstitutionState.PROPOSED),
                name="substitution_open_once",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def edition_id(self) -> int:
        """The edition to which the part belongs."""
        return self.session.edition_id
