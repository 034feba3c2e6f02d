"""A call: an invitation to apply, with its areas, its rules, its form, and who may enter."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from summitry.calls.enums import Admission, CallState, InquiryState, Preset, QuestionKind
from summitry.editions.models import Edition
from summitry.foundation.i18n import TranslatedField


class Call(models.Model):
    """An invitation of one edition to apply. `places` is how many are chosen, `reserve` how many stand behind them.

    Entries are taken from `opens_at` to `closes_at` and, while a draft is open, `grace_minutes` longer. `languages` are those
    in which entries are written. What is announced stays unseen until `announced_at`, which is set once, by one switch;
    `embargo_until` is when that may happen at the earliest. `seed` is secret until it is revealed: every lot and random
    assignment follows from it, and the record holds its digest from the start. `common_domains` are those that so many
    entries have that no conflict of interest rests on them alone, as the last search found.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="calls")
    slug = models.SlugField(max_length=60)
    preset = models.CharField(max_length=12, choices=Preset.choices)
    name = TranslatedField(max_length=200)
    summary = TranslatedField(max_length=500)
    description = TranslatedField(max_length=20_000)
    state = models.CharField(max_length=12, choices=CallState.choices, default=CallState.DRAFT)
    admission = models.CharField(max_length=12, choices=Admission.choices, default=Admission.OPEN)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    grace_minutes = models.PositiveSmallIntegerField(default=15)
    languages = models.JSONField(default=list)
    places = models.PositiveSmallIntegerField(default=15)
    reserve = models.PositiveSmallIntegerField(default=5)
    most_entries = models.PositiveSmallIntegerField(
        default=0, help_text="0: as many as an organisation likes"
    )
    most_members = models.PositiveSmallIntegerField(default=8)
    bars_same_entity = models.BooleanField(default=False)
    common_domains = models.JSONField(default=list, blank=True, editable=False)
    seed = models.CharField(max_length=64, editable=False)
    embargo_until = models.DateTimeField(null=True, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("closes_at", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "slug"], name="call_slug_unique"),
            models.CheckConstraint(condition=Q(opens_at__lt=F("closes_at")), name="call_dates_in_order"),
            models.CheckConstraint(
                condition=Q(state=CallState.ANNOUNCED, announced_at__isnull=False)
                | (~Q(state=CallState.ANNOUNCED) & Q(announced_at=None)),
                name="call_announced_with_date",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class Area(models.Model):
    """One of the parts into which the entries of a call fall: a field of achievements, a track of a competition.

    Jurors' expertise, quotas and prizes refer to it.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="areas")
    slug = models.SlugField(max_length=40)
    name = TranslatedField(max_length=120)
    description = TranslatedField(max_length=1000)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints: ClassVar = [models.UniqueConstraint(fields=["call", "slug"], name="area_slug_unique")]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def edition_id(self) -> int:
        """The edition to which it belongs, for the log."""
        return self.call.edition_id


class RulesText(models.Model):
    """The rules of a call in one version: an entry says which it accepted, and no version is ever changed."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="rules_texts")
    number = models.PositiveSmallIntegerField()
    text = TranslatedField(max_length=40_000)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("number",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "number"], name="rules_text_number_unique")
        ]

    def __str__(self) -> str:
        return f"{self.call} {self.number}"

    @property
    def edition_id(self) -> int:
        """The edition to which it belongs, for the log."""
        return self.call.edition_id


class Question(models.Model):
    """One question of an entry form, asked in some areas (in all, where `areas` names none).

    `condition` is empty or `{"field": slug, "in": [values]}`. What `identifies` the entrant is hidden from a blind panel;
    what `is_public` is shown in the gallery of the announced. `longest` counts characters, for a file megabytes.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="questions")
    slug = models.SlugField(max_length=40)
    label = TranslatedField(max_length=200)
    hint = TranslatedField(max_length=500)
    kind = models.CharField(max_length=10, choices=QuestionKind.choices)
    areas = models.JSONField(default=list, blank=True)
    is_required = models.BooleanField(default=False)
    identifies = models.BooleanField(default=False)
    is_public = models.BooleanField(default=False)
    options = models.JSONField(default=list, blank=True)
    condition = models.JSONField(default=dict, blank=True)
    longest = models.PositiveIntegerField(default=0, help_text="0: as long as its kind allows")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "slug"], name="question_slug_unique")
        ]

    def __str__(self) -> str:
        return str(self.label)

    @property
    def edition_id(self) -> int:
        """The edition to which it belongs, for the log."""
        return self.call.edition_id


class AccessCode(models.Model):
    """A code that lets somebody enter a call that is not open to all; only its digest is kept."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="access_codes")
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=8)
    note = models.CharField(max_length=200, blank=True)
    most_uses = models.PositiveIntegerField(default=1)
    used = models.PositiveIntegerField(default=0)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(used__lte=F("most_uses")), name="access_code_not_overused")
        ]

    def __str__(self) -> str:
        return f"{self.hint}…"

    @property
    def edition_id(self) -> int:
        """The edition to which it belongs, for the log."""
        return self.call.edition_id


class Inquiry(models.Model):
    """A question that somebody asked about a call, and its answer; `is_public` shows both on the call's page."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="inquiries")
    state = models.CharField(max_length=12, choices=InquiryState.choices, default=InquiryState.ASKED)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=20, blank=True)
    asked = TranslatedField(max_length=2000)
    answer = TranslatedField(max_length=4000)
    is_public = models.BooleanField(default=False)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("asked_at", "id")
        verbose_name_plural = "inquiries"

    def __str__(self) -> str:
        return str(self.asked)[:80]

    @property
    def edition_id(self) -> int:
        """The edition to which it belongs, for the log."""
        return self.call.edition_id
