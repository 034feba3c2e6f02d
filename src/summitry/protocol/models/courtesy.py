"""How a guest is addressed and received."""

from __future__ import annotations

from django.db import models

from summitry.foundation.i18n import TranslatedField
from summitry.guests.models import Guest
from summitry.protocol.enums import Rank


class Courtesy(models.Model):
    """A guest's rank, and how she is addressed in each language; nothing of it is derived from her name.

    `style` stands before the name ("H.E."), `salutation` opens a letter, `pronunciation` is for whoever announces her.
    """

    guest = models.OneToOneField(Guest, on_delete=models.CASCADE, related_name="courtesy")
    rank = models.CharField(max_length=40, choices=Rank.choices, default=Rank.OTHER)
    in_office_since = models.DateField(null=True, blank=True)
    style = TranslatedField(max_length=60)
    salutation = TranslatedField(max_length=200)
    pronunciation = models.CharField(max_length=200, blank=True)
    note = models.TextField(max_length=1000, blank=True)

    class Meta:
        verbose_name_plural = "courtesies"

    def __str__(self) -> str:
        return str(self.guest)


class Greeting(models.Model):
    """Who receives a guest, where and when."""

    guest = models.ForeignKey(Guest, on_delete=models.CASCADE, related_name="greetings")
    greeter = models.CharField(max_length=200)
    place = models.CharField(max_length=200)
    at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.greeter}: {self.guest}"
