"""The undertaking of confidentiality: what interpreters accept before they see what a session's people handed in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from summitry.editions.models import Edition
from summitry.foundation.i18n import TranslatedField
from summitry.live.models.interpretation import Interpreter


class UndertakingText(models.Model):
    """A version of the text; a higher `number` replaces the one before, and has to be accepted anew. None ever changes."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="undertaking_texts")
    number = models.PositiveSmallIntegerField()
    text = TranslatedField(max_length=10_000, blank=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-number",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "number"], name="undertaking_text_number_unique")
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.number}"


class Undertaking(models.Model):
    """That an interpreter accepted a version of the text, and when."""

    interpreter = models.ForeignKey(Interpreter, on_delete=models.CASCADE, related_name="undertakings")
    text = models.ForeignKey(UndertakingText, on_delete=models.RESTRICT, related_name="acceptances")
    accepted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["interpreter", "text"], name="undertaking_once")
        ]

    def __str__(self) -> str:
        return f"{self.interpreter} {self.text.number}"
