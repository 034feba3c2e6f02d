"""How far long work has come, for whoever started it: one row for each piece of work, kept a while after its end."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ProgressState(models.TextChoices):
    """Where a piece of work stands. `WAITING` also follows an interrupted attempt."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Not done")


ENDED = frozenset({ProgressState.DONE, ProgressState.FAILED})


class Progress(models.Model):
    """One piece of work. `done` of `total` are those of the present `stage`; `details` say what it is about.

    `language` is that of whoever started it: what the work words itself is in it. `failure` is empty where the cause
    is not for people; `code` tells refusals apart.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=80)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="progress"
    )
    edition_id = models.BigIntegerField(null=True, blank=True)
    language = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=ProgressState.choices, default=ProgressState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    stage = models.CharField(max_length=40, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    details = models.JSONField(default=dict, blank=True)
    result = models.JSONField(default=dict, blank=True)
    code = models.CharField(max_length=60, blank=True)
    failure = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["created_at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ENDED
