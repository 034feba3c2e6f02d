"""My agenda: the sessions a visitor has starred, with or without an account."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from summitry.editions.models import Edition
from summitry.programme.models.session import Session


class Agenda(models.Model):
    """One visitor's choice in one edition. Without an account it is known by a signed cookie.

    `feed_token` is the secret address of its calendar feed; `seen_version` is the schedule version last looked at.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="agendas")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="agendas"
    )
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    feed_token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    seen_version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["edition", "account"], name="agenda_once")]

    def __str__(self) -> str:
        return f"Agenda {self.pk}"


class Star(models.Model):
    """A starred session."""

    agenda = models.ForeignKey(Agenda, on_delete=models.CASCADE, related_name="stars")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="stars")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["agenda", "session"], name="star_once")]

    def __str__(self) -> str:
        return f"{self.agenda_id} stars {self.session_id}"
