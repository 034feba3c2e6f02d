"""Source texts as they were when somebody translated them, so that a stale translation can show what changed."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Wording(models.Model):
    """The words behind a digest by which a translation remembers its source."""

    digest = models.CharField(max_length=12, primary_key=True)
    text = models.TextField()
    kept_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.text[:80]
