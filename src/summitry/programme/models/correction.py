"""What the secretariat corrected in a co-organiser's forum, so that the institution sees it at a glance."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from summitry.programme.models.forum import Forum


class Correction(models.Model):
    """One field that the secretariat changed after the forum was submitted; `object_type` and `object_id` say of what.

    It stays marked until somebody of the institution has acknowledged it.
    """

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="corrections")
    object_type = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    object_label = models.CharField(max_length=200)
    field = models.CharField(max_length=60)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="corrections"
    )
    made_at = models.DateTimeField(default=timezone.now)
    acknowledged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "-id")
        indexes: ClassVar = [models.Index(fields=["object_type", "object_id"])]

    def __str__(self) -> str:
        return f"{self.object_label}: {self.field}"
