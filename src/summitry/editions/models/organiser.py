"""Which institution does what in an edition."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from summitry.directory.models import Organisation
from summitry.editions.enums import OrganiserRole
from summitry.editions.models.edition import Edition


class EditionOrganiser(models.Model):
    """An institution's role in one edition."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="organisers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="edition_roles")
    role = models.CharField(max_length=15, choices=OrganiserRole.choices)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["edition", "organisation", "role"], name="edition_organiser_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_role_display()}"
