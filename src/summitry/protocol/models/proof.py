"""That somebody looked at a flag and a name and found them right."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from summitry.directory.models import Entity
from summitry.editions.models import Edition


class Proof(models.Model):
    """Who found the flag and the names of an entity right, and a digest of what she saw: what changed since is unproved."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="proofs")
    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="proofs")
    mark = models.CharField(max_length=12)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    actor_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["edition", "entity"], name="proof_once")]

    def __str__(self) -> str:
        return f"{self.edition}: {self.entity}"
