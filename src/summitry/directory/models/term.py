"""The glossary: what a thing is called in each language, and which forms are not to be used."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from summitry.directory.enums import TermState
from summitry.directory.models.topic import Topic
from summitry.foundation.i18n import TranslatedField


class Term(models.Model):
    """One thing and its agreed name by language; `forbidden` maps a language to forms that must not be used for it.

    A proposed term advises nobody yet; an approved one is what translators are held to; a retired one is history.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    words = TranslatedField(max_length=200, blank=False)
    definition = TranslatedField(max_length=1000)
    forbidden = models.JSONField(default=dict, blank=True)
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.SET_NULL, related_name="terms")
    state = models.CharField(max_length=10, choices=TermState.choices, default=TermState.PROPOSED)
    note = models.TextField(max_length=1000, blank=True)
    source = models.CharField(max_length=300, blank=True)
    proposed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("slug",)
        indexes: ClassVar = [models.Index(fields=["state", "slug"])]

    def __str__(self) -> str:
        return str(self.words) or self.slug
