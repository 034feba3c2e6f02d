"""Badges by their tokens, and the roster: what gates are told about each guest."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from summitry.editions.models import Edition
from summitry.gates.enums import Carrier, CredentialState
from summitry.guests.models import Guest


class Credential(models.Model):
    """One token of a guest: 80 random bits that say nothing about her. A reprint replaces it.

    With `ordered_at` it waits in the queue of badges to be printed until it has a `printed_at`; `ordered_from` is the desk
    where somebody waits for it.

    Devices know a token by its `digest` only. `revision` is that of the roster in which its state last changed. A guest has
    at most one valid badge; what is on her telephone is the same token on another carrier.
    """

    guest = models.ForeignKey(Guest, on_delete=models.CASCADE, related_name="credentials")
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    token = models.CharField(max_length=16, unique=True, editable=False)
    digest = models.CharField(max_length=16, unique=True, editable=False)
    state = models.CharField(max_length=10, choices=CredentialState.choices, default=CredentialState.ACTIVE)
    carrier = models.CharField(max_length=10, choices=Carrier.choices, default=Carrier.BADGE)
    issued_at = models.DateTimeField(default=timezone.now)
    ordered_at = models.DateTimeField(null=True, blank=True)
    ordered_from = models.ForeignKey(
        "gates.Device", null=True, blank=True, on_delete=models.SET_NULL, related_name="ordered_badges"
    )
    printed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="superseded_by"
    )
    reason = models.CharField(max_length=300, blank=True)
    revision = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["guest"], condition=Q(state=CredentialState.ACTIVE), name="credential_one_valid"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["edition", "revision"], name="credential_by_revision")]

    def __str__(self) -> str:
        return f"{self.guest}: {self.get_state_display()}"


class Roster(models.Model):
    """How often the roster of an edition, and the rules behind it, have changed."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, primary_key=True, related_name="roster")
    revision = models.PositiveBigIntegerField(default=0)
    rule_version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.edition}: {self.revision}"


class RosterLine(models.Model):
    """What gates are told about one guest: `facts` to recognise her by, and when she may enter which zone.

    `access` are `[zone, from, until]` in seconds since 1970. Compiled from rules, grants and her state; never edited.
    """

    guest = models.OneToOneField(
        Guest, on_delete=models.CASCADE, primary_key=True, related_name="roster_line"
    )
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="roster_lines")
    revision = models.PositiveBigIntegerField()
    is_gone = models.BooleanField(default=False)
    facts = models.JSONField(default=dict)
    access = models.JSONField(default=list)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["edition", "revision"], name="roster_by_revision")]

    def __str__(self) -> str:
        return str(self.guest)
