"""What was imported: so that the same row of a table, imported again, changes nothing."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from summitry.editions.models import Edition
from summitry.guests.models.guest import Guest


class ImportedRow(models.Model):
    """A row of a table, by the digest of what it says, and the guest that it is."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="imported_rows")
    digest = models.CharField(max_length=32)
    guest = models.ForeignKey(Guest, on_delete=models.CASCADE, related_name="imported_rows")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "digest"], name="imported_row_once")
        ]

    def __str__(self) -> str:
        return f"{self.digest}: {self.guest}"
