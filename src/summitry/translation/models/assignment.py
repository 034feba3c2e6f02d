"""Who translates what into which language, and by when."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone

from summitry.editions.models import Edition


class Assignment(models.Model):
    """A person's share of one edition's texts into one language: all, one kind (`source`), one forum, or both.

    `forum_id` is a plain id: forums live in a higher room. Whoever has assignments in an edition as its translator
    works in their languages only.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="translation_assignments")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="translation_assignments"
    )
    language = models.CharField(max_length=20)
    source = models.CharField(max_length=80, blank=True)
    forum_id = models.BigIntegerField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("language", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                "edition",
                "account",
                "language",
                "source",
                Coalesce("forum_id", 0),
                name="translation_assignment_unique",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account} ({self.language})"
