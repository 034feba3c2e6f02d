"""The schedule: one draft for each edition, and its numbered published versions, which never change."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from summitry.editions.models import Edition, Room
from summitry.foundation.i18n import TranslatedField
from summitry.programme.models.session import Session


class Version(models.Model):
    """A state of the schedule. The draft has no number; publishing copies it under the next one.

    `label` is what a foreign system called this version; `changes` is the readable difference from the version
    before, computed once when it is published.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="schedule_versions")
    number = models.PositiveIntegerField(null=True, blank=True)
    label = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    changes = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "number"], name="version_number_unique"),
            models.UniqueConstraint(
                fields=["edition"], condition=Q(number__isnull=True), name="version_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=True, published_at__isnull=True)
                | Q(number__isnull=False, published_at__isnull=False),
                name="version_number_with_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} v{self.number}" if self.number else f"{self.edition} draft"


class Slot(models.Model):
    """A session's place and interval in one version. `revision` counts its moves over all versions (iCalendar SEQUENCE).

    A cancelled slot stays, so that calendars learn of it. In the draft, `revision` counts every placing, so that a
    move made from an outdated view is noticed. `title` is the session's title as it was published.
    """

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="slots")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="slots")
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.RESTRICT, related_name="slots")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)
    is_cancelled = models.BooleanField(default=False)
    title = TranslatedField(max_length=500)

    class Meta:
        ordering = ("starts_at", "room__position", "id")
        indexes: ClassVar = [models.Index(fields=["version", "starts_at"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "session"], name="slot_once_per_version"),
            models.CheckConstraint(condition=Q(starts_at__lt=models.F("ends_at")), name="slot_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.session} {self.starts_at:%Y-%m-%d %H:%M}"
