"""Invitations: who was asked to come, until when she may answer, and what she said."""

from __future__ import annotations

from django.db import models

from summitry.guests.enums import InvitationState
from summitry.guests.models.guest import Guest


class Invitation(models.Model):
    """What was sent to one guest. `passed_to` is whom she named in her place.

    `said_by` is who told the office her answer, where she did not give it on her own page.
    """

    guest = models.OneToOneField(Guest, on_delete=models.CASCADE, related_name="invitation")
    state = models.CharField(
        max_length=10, choices=InvitationState.choices, default=InvitationState.DRAFT, db_index=True
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)
    remark = models.TextField(max_length=2000, blank=True)
    said_by = models.CharField(max_length=200, blank=True)
    passed_to = models.ForeignKey(
        Guest, null=True, blank=True, on_delete=models.SET_NULL, related_name="passed_from"
    )

    def __str__(self) -> str:
        return str(self.guest)

    @property
    def edition_id(self) -> int:
        """The edition of the guest, for the log."""
        return self.guest.edition_id
