"""A letter: what one recipient gets, and what became of it."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.conf import settings
from django.db import models

from summitry.directory.models import Person
from summitry.mailing.enums import LetterState
from summitry.mailing.models.mailing import Mailing


def new_token() -> str:
    """Return a letter's secret (96 bits), in characters that survive as the local part of an address."""
    return secrets.token_hex(12)


class Letter(models.Model):
    """One recipient's message, in words that no longer change.

    `key` is who she is within the mailing. `token` is in the Message-ID, which stays the same whenever the letter is
    sent again, and in its return path: so a report of the mail server finds its letter. A letter that is `CLAIMED`
    is in the hands of the worker that wrote `claimed_at`. `sealed` holds what only the recipient may know; the words
    show where it belongs (see `foundation.mail.sealing`).
    """

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="letters")
    key = models.CharField(max_length=400)
    token = models.CharField(max_length=24, unique=True, default=new_token, editable=False)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="letters"
    )
    name = models.CharField(max_length=200)
    address = models.EmailField()
    lang = models.CharField(max_length=20)
    subject = models.CharField(max_length=1000)
    text = models.TextField()
    html = models.TextField()
    sealed = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=LetterState.choices, default=LetterState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("id",)
        indexes: ClassVar = [
            models.Index(fields=["mailing", "state"]),
            models.Index(fields=["state", "claimed_at"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["mailing", "key"], name="letter_once_per_recipient")
        ]

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>"

    @property
    def edition_id(self) -> int:
        """The edition of its mailing."""
        return self.mailing.edition_id

    @property
    def message_id(self) -> str:
        """The letter's identity for all mail programs, the same at each attempt."""
        return f"<{self.token}@{settings.MAIL_DOMAIN}>"
