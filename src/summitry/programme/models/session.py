"""Sessions, the contributions within them, and who appears in either."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from summitry.directory.models import Person
from summitry.editions.models import Edition
from summitry.foundation.i18n import TranslatedField
from summitry.programme.enums import AppearanceState, ContributionKind, Delivery, SpeakerRole
from summitry.programme.models.forum import Forum


class Session(models.Model):
    """One continuous sitting of a forum. `code` is its address within the edition, `guid` its identity everywhere.

    `seats` is how many its audience needs (the forum's where empty), `equipment` what its room must offer.
    `external` keeps what an imported schedule said beyond our own fields, so that it goes out again unharmed.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="sessions")
    forum = models.ForeignKey(Forum, on_delete=models.RESTRICT, related_name="sessions")
    guid = models.UUIDField(default=uuid.uuid4)
    code = models.SlugField(max_length=160)
    title = TranslatedField(max_length=500)
    subtitle = TranslatedField(max_length=500)
    abstract = TranslatedField(max_length=100_000)
    format = models.CharField(max_length=120, blank=True)
    spoken = models.JSONField(default=list, blank=True)
    interpreted = models.JSONField(default=list, blank=True)
    is_broadcast = models.BooleanField(default=False)
    seats = models.PositiveIntegerField(null=True, blank=True)
    equipment = models.JSONField(default=list, blank=True)
    is_public = models.BooleanField(default=True)
    external = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "code"], name="session_code_unique"),
            models.UniqueConstraint(fields=["edition", "guid"], name="session_guid_unique"),
        ]

    def __str__(self) -> str:
        return str(self.title) or self.code


class Contribution(models.Model):
    """One speech, panel, dialogue, demonstration or announcement; its place in the session is its `position`.

    Nothing of it may be said in public before `embargo_until`, where that is set.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="contributions")
    kind = models.CharField(max_length=15, choices=ContributionKind.choices, default=ContributionKind.SPEECH)
    title = TranslatedField(max_length=500)
    abstract = TranslatedField(max_length=20_000)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    embargo_until = models.DateTimeField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return str(self.title)

    @property
    def edition_id(self) -> int:
        """The edition to which its session belongs."""
        return self.session.edition_id


class Appearance(models.Model):
    """A person's role in a session, or in one contribution of it, and how she takes part.

    `fallback` is what happens if `delivery` fails (a recording behind a live link). `wished` is how she would rather take
    part, until the forum's editors decide about it; `word` is what she said with her answer.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="appearances")
    contribution = models.ForeignKey(
        Contribution, null=True, blank=True, on_delete=models.CASCADE, related_name="appearances"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appearances")
    role = models.CharField(max_length=12, choices=SpeakerRole.choices, default=SpeakerRole.SPEAKER)
    delivery = models.CharField(max_length=10, choices=Delivery.choices, default=Delivery.IN_PERSON)
    fallback = models.CharField(max_length=10, choices=Delivery.choices, blank=True)
    state = models.CharField(max_length=10, choices=AppearanceState.choices, default=AppearanceState.EXPECTED)
    wished = models.CharField(max_length=10, choices=Delivery.choices, blank=True)
    word = models.TextField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["session", "person", "role"],
                condition=Q(contribution__isnull=True),
                name="session_role_unique",
            ),
            models.UniqueConstraint(
                fields=["contribution", "person", "role"], name="contribution_role_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_role_display()})"
