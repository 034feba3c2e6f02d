"""A guest: one person in one edition."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from summitry.directory.models import Person
from summitry.editions.models import Edition
from summitry.foundation.models import StoredFile
from summitry.guests.enums import Attendance, GuestState, Source
from summitry.guests.models.category import Category
from summitry.guests.models.delegation import Delegation


class Guest(models.Model):
    """One person in one edition: her category (which counts), how she takes part, and how far her accreditation is.

    `also` are further categories whose privileges she has. `principal` is whom a companion accompanies; `replaces` whom a
    substitute replaces. The badge's lines are as she signed them off. The links of her page are made of the key and the
    generation (see docs/decisions/0013). `deskword` is what the desk and the gates are told when she comes.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="guests")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="guesthoods")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="guests")
    also = models.ManyToManyField(Category, blank=True, related_name="also_guests")
    attendance = models.CharField(max_length=10, choices=Attendance.choices, default=Attendance.ON_SITE)
    state = models.CharField(max_length=12, choices=GuestState.choices, default=GuestState.INVITED)
    state_since = models.DateTimeField(default=timezone.now)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.INVITED)
    delegation = models.ForeignKey(
        Delegation, null=True, blank=True, on_delete=models.PROTECT, related_name="guests"
    )
    principal = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="companions"
    )
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaced_by"
    )
    generation = models.PositiveIntegerField(default=1, editable=False)
    language = models.CharField(max_length=20, blank=True)
    zone_name = models.CharField(max_length=64, blank=True)
    photo = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    badge_name = models.CharField(max_length=80, blank=True)
    badge_second_name = models.CharField(max_length=80, blank=True)
    badge_line = models.CharField(max_length=120, blank=True)
    badge_signed_at = models.DateTimeField(null=True, blank=True)
    deskword = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "person"], name="guest_once_per_edition"),
            models.CheckConstraint(
                condition=Q(principal__isnull=True) | ~Q(principal=F("id")), name="guest_not_own_companion"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["edition", "state"], name="guest_by_state"),
            models.Index(fields=["delegation", "state"], name="guest_by_delegation"),
        ]

    def __str__(self) -> str:
        return str(self.person)
