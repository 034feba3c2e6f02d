"""What can be found: one row for each object and language, with folded tokens beside it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class SearchDocument(models.Model):
    """A findable text. `tokens` is the folded form that both databases index (see `foundation.search`).

    `rank` orders equal matches (forums before contributions); `is_public` keeps drafts out of public results.
    """

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    edition_id = models.BigIntegerField(null=True, blank=True)
    lang = models.CharField(max_length=20)
    title = models.CharField(max_length=400)
    summary = models.TextField(blank=True)
    path = models.CharField(max_length=300)
    title_tokens = models.TextField()
    tokens = models.TextField()
    rank = models.PositiveSmallIntegerField(default=5)
    is_public = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "object_id", "edition_id", "lang"],
                name="search_document_unique",
                nulls_distinct=False,
            )
        ]
        indexes: ClassVar = [models.Index(fields=["edition_id", "kind"])]

    def __str__(self) -> str:
        return self.title
