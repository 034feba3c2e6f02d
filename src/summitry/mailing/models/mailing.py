"""A mailing: one message, to whom it goes, and how far it has come."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.i18n import TranslatedField
from summitry.mailing.enums import EDITABLE, MailingKind, MailingState

MAX_PACE = 600


class Mailing(models.Model):
    """One message to an audience. Who is in it is asked anew whenever it matters; `filters` is what was chosen.

    `confirmed` holds the recipients' keys that somebody saw when she released or scheduled it. The audience is what
    its author may see: `created_by`, or everything where the system wrote it (`by_system`). `notice` names what the
    program wrote by itself; such a mailing has its letters from the beginning and no audience. `release_at` is when
    it leaves, `next_batch_at` when its next letters may; taking that turn is a compare-and-set.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="mailings")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=MailingKind.choices, default=MailingKind.OPERATIONAL)
    audience = models.CharField(max_length=60, blank=True)
    filters = models.JSONField(default=dict, blank=True)
    notice = models.CharField(max_length=40, blank=True)
    subject = TranslatedField(max_length=200)
    body = TranslatedField(max_length=20_000)
    sender_name = models.CharField(max_length=100, blank=True)
    reply_to = models.EmailField(blank=True)
    state = models.CharField(max_length=10, choices=MailingState.choices, default=MailingState.DRAFT)
    pace = models.PositiveSmallIntegerField(
        default=60, validators=[MinValueValidator(1), MaxValueValidator(MAX_PACE)]
    )
    confirmed = models.JSONField(default=list, blank=True)
    release_at = models.DateTimeField(null=True, blank=True)
    next_batch_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="mailings"
    )
    by_system = models.BooleanField(default=False)
    released_by = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-created_at", "-id")
        indexes: ClassVar = [
            models.Index(fields=["edition", "state"]),
            models.Index(fields=["state", "release_at"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(pace__gte=1), name="mailing_pace_positive"),
            models.CheckConstraint(
                condition=~Q(state__in=["scheduled", "released"]) | Q(release_at__isnull=False),
                name="mailing_knows_when_it_leaves",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_editable(self) -> bool:
        """Whether text and recipients may still be changed; the program's own notices are written as they are."""
        return self.state in EDITABLE and not self.notice

    @property
    def chosen(self) -> dict[str, Any]:
        """What was chosen of the audience's filters."""
        return {key: value for key, value in self.filters.items() if value}
