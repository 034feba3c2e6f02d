"""Visa letters: numbered within an edition without a gap, and verifiable by a code that says nothing by itself."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.db import models
from django.utils import timezone

from summitry.editions.models import Edition
from summitry.guests.models.guest import Guest

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 16


def new_code() -> str:
    """Return a code that cannot be guessed (80 bits), without signs that look alike."""
    return "".join(secrets.choice(ALPHABET) for _n in range(CODE_LENGTH))


class VisaLetter(models.Model):
    """A letter that supports a guest's visa. `sealed` holds what it says of her passport, until that is shredded.

    `shown_name` is her name with all but the first letters hidden, for whoever verifies the letter.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="visa_letters")
    guest = models.ForeignKey(Guest, on_delete=models.PROTECT, related_name="visa_letters")
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=20, unique=True, default=new_code)
    languages = models.JSONField(default=list)
    sealed = models.TextField(blank=True)
    shown_name = models.CharField(max_length=100, blank=True)
    issued_at = models.DateTimeField(default=timezone.now)
    issued_by = models.CharField(max_length=200)
    sent_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=200, blank=True)
    shredded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "number"], name="visa_letter_number_unique"),
            models.UniqueConstraint(
                fields=["guest"], condition=models.Q(withdrawn_at=None), name="visa_letter_one_valid"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition.slug}/{self.number:05d}"
