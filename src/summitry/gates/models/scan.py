"""The log of scans, which nobody changes, and what people must settle about it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from summitry.editions.models import Edition
from summitry.gates.enums import Decision, Direction, IncidentKind, IncidentState, Reason, ScanKind
from summitry.gates.models.credential import Credential
from summitry.gates.models.device import Device, Gate
from summitry.gates.models.zone import Zone
from summitry.guests.models import Guest


class Scan(models.Model):
    """One row of a device's log, under the id that the device gave it; never changed, kept whatever it says.

    `decision` and `reason` are what was done at the gate, `verdict` and `verdict_reason` what the server says about it.
    `device_at` is the device's clock, `server_at` when the row arrived, `at` the best we know: the device's time corrected by
    how far its clock was out. `undoes` is the id of the row that this one takes back.
    """

    id = models.UUIDField(primary_key=True)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="scans")
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="scans")
    seq = models.PositiveBigIntegerField()
    device_at = models.DateTimeField(null=True)
    server_at = models.DateTimeField()
    at = models.DateTimeField()
    digest = models.CharField(max_length=16, blank=True)
    credential = models.ForeignKey(Credential, null=True, on_delete=models.SET_NULL, related_name="scans")
    guest = models.ForeignKey(Guest, null=True, on_delete=models.SET_NULL, related_name="scans")
    gate = models.ForeignKey(Gate, on_delete=models.PROTECT, related_name="scans")
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="scans")
    direction = models.CharField(max_length=3, choices=Direction.choices)
    kind = models.CharField(max_length=10, choices=ScanKind.choices, default=ScanKind.SCAN)
    decision = models.CharField(max_length=6, choices=Decision.choices)
    reason = models.CharField(max_length=12, choices=Reason.choices)
    verdict = models.CharField(max_length=6, choices=Decision.choices)
    verdict_reason = models.CharField(max_length=12, choices=Reason.choices)
    is_first = models.BooleanField(default=False)
    rule_version = models.PositiveIntegerField(default=0)
    offline = models.BooleanField(default=False)
    undoes = models.UUIDField(null=True)
    note = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ("-server_at", "-seq")
        indexes: ClassVar = [
            models.Index(fields=["edition", "server_at"], name="scan_by_arrival"),
            models.Index(fields=["guest", "at"], name="scan_by_guest"),
        ]

    def __str__(self) -> str:
        return f"{self.gate}: {self.get_decision_display()}"


class Incident(models.Model):
    """What gates disagree about, until a person settles it. The same matter again joins the open incident of its `key`."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="incidents")
    kind = models.CharField(max_length=10, choices=IncidentKind.choices)
    key = models.CharField(max_length=80)
    state = models.CharField(max_length=8, choices=IncidentState.choices, default=IncidentState.OPEN)
    guest = models.ForeignKey(
        Guest, null=True, blank=True, on_delete=models.SET_NULL, related_name="incidents"
    )
    zone = models.ForeignKey(Zone, null=True, blank=True, on_delete=models.SET_NULL, related_name="incidents")
    device = models.ForeignKey(
        Device, null=True, blank=True, on_delete=models.SET_NULL, related_name="incidents"
    )
    scans = models.ManyToManyField(Scan, related_name="incidents")
    opened_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ("-opened_at", "-id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["edition", "key"],
                condition=models.Q(state=IncidentState.OPEN),
                name="incident_open_once",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["edition", "state"], name="incident_by_state")]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class Tally(models.Model):
    """What is left of scans when they are deleted: how many passed a gate in an hour."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="tallies")
    gate = models.ForeignKey(Gate, on_delete=models.CASCADE, related_name="tallies")
    hour = models.DateTimeField()
    direction = models.CharField(max_length=3, choices=Direction.choices)
    decision = models.CharField(max_length=6, choices=Decision.choices)
    number = models.PositiveIntegerField()

    class Meta:
        ordering = ("hour", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["gate", "hour", "direction", "decision"], name="tally_once")
        ]

    def __str__(self) -> str:
        return f"{self.gate} {self.hour:%F %H}: {self.number}"
