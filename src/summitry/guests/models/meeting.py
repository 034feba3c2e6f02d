"""Meetings between two guests who both agreed to be met, and the diaries that an accepted one takes up."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from summitry.editions.models import Edition
from summitry.guests.enums import MeetingState
from summitry.guests.models.guest import Guest


class MeetingDesk(models.Model):
    """Whether a guest can be asked for meetings, what she says of herself to those who may ask, and who answers for her.

    With `via_office` it is her delegation's focal points, or the guest office, who are written to and answer.
    """

    guest = models.OneToOneField(Guest, on_delete=models.CASCADE, related_name="meeting_desk")
    is_open = models.BooleanField(default=False)
    via_office = models.BooleanField(default=False)
    about = models.CharField(max_length=300, blank=True)
    since = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.guest)


class Meeting(models.Model):
    """A meeting that one guest asked another for, in one slot; it blocks nothing until it is accepted."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="meetings")
    asker = models.ForeignKey(Guest, on_delete=models.CASCADE, related_name="asked_meetings")
    asked = models.ForeignKey(Guest, on_delete=models.CASCADE, related_name="meeting_requests")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    words = models.CharField(max_length=500, blank=True)
    state = models.CharField(
        max_length=10, choices=MeetingState.choices, default=MeetingState.PROPOSED, db_index=True
    )
    proposed_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("starts_at", "id")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(asker=F("asked")), name="meeting_of_two"),
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="meeting_in_order"),
            models.UniqueConstraint(
                fields=["asker", "asked"], condition=Q(state="proposed"), name="meeting_asked_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asker} – {self.asked}"


class DiaryEntry(models.Model):
    """A slot in a guest's diary that an accepted meeting takes up. The row is the lock: a slot is given away once."""

    guest = models.ForeignKey(Guest, on_delete=models.CASCADE, related_name="diary")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="entries")
    starts_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["guest", "starts_at"], name="diary_slot_once")
        ]

    def __str__(self) -> str:
        return f"{self.guest}: {self.starts_at}"
