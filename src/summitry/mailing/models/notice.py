"""How one edition words a notice that the program writes by itself, and what happens to it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from summitry.editions.models import Edition
from summitry.foundation.i18n import TranslatedField
from summitry.mailing.enums import NoticeKey, NoticeMode


class NoticeWording(models.Model):
    """An edition's own wording; a language without one has the words that Summitry ships. `mode` may be empty likewise."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="notice_wordings")
    key = models.CharField(max_length=40, choices=NoticeKey.choices)
    mode = models.CharField(max_length=5, choices=NoticeMode.choices, blank=True)
    subject = TranslatedField(max_length=200)
    body = TranslatedField(max_length=20_000)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "key"], name="notice_wording_once")
        ]

    def __str__(self) -> str:
        return self.get_key_display()
