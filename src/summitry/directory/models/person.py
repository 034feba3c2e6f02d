"""People and their names. A name is what its owner gave us, for each script and use; none is derived from another."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from summitry.directory.enums import NameUse
from summitry.directory.models.entity import Entity
from summitry.foundation.i18n import TranslatedField
from summitry.foundation.models import StoredFile


class Person(models.Model):
    """A human, in every year. `reference_name` is one of the given names, for lists of staff and logs."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    reference_name = models.CharField(max_length=200)
    honorific = TranslatedField(max_length=60)
    biography = TranslatedField(max_length=5000)
    entity = models.ForeignKey(Entity, null=True, blank=True, on_delete=models.PROTECT, related_name="people")
    email = models.EmailField(blank=True, db_index=True)
    languages = models.JSONField(default=list, blank=True)
    portrait = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="person"
    )

    class Meta:
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.reference_name


class PersonName(models.Model):
    """One form of a name: its use, its language (and so its script), the text, and how it sorts in that language."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="names")
    use = models.CharField(max_length=10, choices=NameUse.choices, default=NameUse.DISPLAY)
    lang = models.CharField(max_length=20)
    text = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "use", "lang"], name="person_name_unique")
        ]

    def __str__(self) -> str:
        return self.text
