"""Forums: named gatherings with their own co-organisers and topic."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from summitry.directory.models import Organisation, Person, Topic
from summitry.editions.enums import OrganiserRole
from summitry.editions.models import Edition
from summitry.foundation.i18n import TranslatedField
from summitry.programme.enums import ForumKind, ForumState


class Forum(models.Model):
    """A gathering of one or several sessions: ceremony, main forum, sub-forum, café, press conference.

    `state` is how far its institution and the secretariat agree on it; `remarks` is what the secretariat said when it
    last returned it. `due_at` overrides the edition's deadline for this forum. `seats` is how many its audience needs.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="forums")
    slug = models.SlugField(max_length=80)
    kind = models.CharField(max_length=10, choices=ForumKind.choices, default=ForumKind.SUB)
    title = TranslatedField(max_length=300)
    abstract = TranslatedField(max_length=5000)
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.SET_NULL, related_name="forums")
    chair = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="chaired_forums"
    )
    state = models.CharField(max_length=10, choices=ForumState.choices, default=ForumState.DRAFT)
    remarks = models.TextField(max_length=5000, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    seats = models.PositiveIntegerField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_public = models.BooleanField(default=True)

    class Meta:
        ordering = ("position", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "slug"], name="forum_slug_unique")
        ]

    def __str__(self) -> str:
        return str(self.title) or self.slug


class ForumOrganiser(models.Model):
    """An institution that builds or supports one forum."""

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="organisers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="forum_roles")
    role = models.CharField(max_length=15, choices=OrganiserRole.choices, default=OrganiserRole.CO_ORGANISER)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["forum", "organisation"], name="forum_organiser_unique")
        ]

    def __str__(self) -> str:
        return f"{self.organisation} in {self.forum}"
