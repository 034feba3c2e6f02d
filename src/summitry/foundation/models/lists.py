"""What people keep of the console's lists: filters under a name, and the changes they made to many rows at once."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class SavedFilter(models.Model):
    """A list's query string under a name: its owner's, or shared with everybody who works on the whole edition.

    `default_for` are the accounts that meet it when they open the list without asking for anything.
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_filters"
    )
    list_key = models.CharField(max_length=60)
    edition_id = models.BigIntegerField()
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=2000, blank=True)
    is_shared = models.BooleanField(default=False)
    default_for = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="default_filters")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("name", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "list_key", "edition_id", "name"], name="saved_filter_name_unique"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["edition_id", "list_key"])]

    def __str__(self) -> str:
        return self.name


class BulkRun(models.Model):
    """One change of many rows, with what is needed to take it back.

    `key` comes from the preview that was confirmed, so that confirming twice runs once. `rows` holds for each row its
    id, its name, and the changed fields before and after; `refused` those that were left out, with the reason; `left`
    those that taking it back left as they were.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    list_key = models.CharField(max_length=60)
    action = models.CharField(max_length=60)
    edition_id = models.BigIntegerField()
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="bulk_runs"
    )
    rows = models.JSONField(default=list)
    refused = models.JSONField(default=list)
    left = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("-created_at", "-id")
        indexes: ClassVar = [models.Index(fields=["edition_id", "list_key"])]

    def __str__(self) -> str:
        return f"{self.list_key} {self.action} {self.created_at:%Y-%m-%d %H:%M}"
