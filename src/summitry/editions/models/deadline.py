"""By when what is due from those who build an edition."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models

from summitry.editions.enums import DeadlineKind
from summitry.editions.models.edition import Edition


class Deadline(models.Model):
    """The instant by which one kind of thing is due; within `grace_hours` after it, a late one is still taken."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="deadlines")
    kind = models.CharField(max_length=20, choices=DeadlineKind.choices)
    due_at = models.DateTimeField()
    grace_hours = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("due_at", "id")
        constraints: ClassVar = [models.UniqueConstraint(fields=["edition", "kind"], name="deadline_unique")]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def closes_at(self) -> dt.datetime:
        """The end of the grace: from here on nothing is taken without the secretariat."""
        return self.due_at + dt.timedelta(hours=self.grace_hours)


class Reminder(models.Model):
    """That somebody was reminded of what she owes, `days_left` days before it was due. The row is the lock: one each.

    `kind` is that of a deadline, or a higher room's own word.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    days_left = models.SmallIntegerField()
    due_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["edition", "kind", "object_id", "days_left", "due_at"], name="reminder_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}: {self.days_left} days before"
