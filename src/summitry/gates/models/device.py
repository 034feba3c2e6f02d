"""Gates, and the devices that stand there."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from summitry.editions.models import Edition
from summitry.gates.enums import DeviceState, GateDirection, GateKind
from summitry.gates.models.zone import Zone


class Gate(models.Model):
    """Where a zone is entered and left."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="gates")
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="gates")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=4, choices=GateKind.choices, default=GateKind.GATE)
    direction = models.CharField(max_length=4, choices=GateDirection.choices, default=GateDirection.BOTH)
    is_open = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints: ClassVar = [models.UniqueConstraint(fields=["edition", "name"], name="gate_name_unique")]

    def __str__(self) -> str:
        return self.name


class Device(models.Model):
    """A telephone, tablet or computer that scans. Its key is stored as a digest; its code works once, for ten minutes.

    `skew_ms` is by how much its clock was ahead of ours when it last reported, `queued` how many scans it had not sent yet,
    `oldest_at` since when.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="devices")
    name = models.CharField(max_length=80)
    gate = models.ForeignKey(Gate, on_delete=models.PROTECT, related_name="devices")
    state = models.CharField(max_length=10, choices=DeviceState.choices, default=DeviceState.INVITED)
    secret = models.CharField(max_length=64, blank=True, editable=False)
    code = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    code_until = models.DateTimeField(null=True, blank=True, editable=False)
    enrolled_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    skew_ms = models.BigIntegerField(default=0)
    queued = models.PositiveIntegerField(default=0)
    oldest_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveBigIntegerField(default=0)
    program = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name
