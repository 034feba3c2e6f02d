"""The timeless tree of topics; which of them an edition uses is the edition's business."""

from __future__ import annotations

from django.db import models

from summitry.foundation.i18n import TranslatedField


class Topic(models.Model):
    """A node of the tree. `tone` names the design token that colours its top-level area."""

    slug = models.SlugField(max_length=60, unique=True)
    name = TranslatedField(max_length=120)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    position = models.PositiveSmallIntegerField(default=0)
    tone = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return str(self.name)
