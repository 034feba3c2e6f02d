"""An entry: what somebody hands in to a call, its frozen versions, its team, and who proposed it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from summitry.calls.enums import EntrantKind, EntrySource, EntryState, MemberState, NominationState
from summitry.calls.models.call import Area, Call, RulesText
from summitry.directory.models import Entity, Organisation, Person
from summitry.foundation.i18n import TranslatedField
from summitry.foundation.models import StoredFile


class Entry(models.Model):
    """What somebody enters. `number` is what everybody calls it; `answers` are plain values by the question's slug.

    `organisation_name` is as the entrant wrote it, `organisation` whom the directory knows. `similar_to` is an entry that it
    likely repeats. The links of the entrant's pages are made of the key and the generation (docs/decisions/0013). `edits`
    counts the saves: a page that was loaded before another one saved is told so.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="entries")
    number = models.PositiveIntegerField()
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="entries")
    state = models.CharField(max_length=12, choices=EntryState.choices, default=EntryState.DRAFT)
    state_since = models.DateTimeField(default=timezone.now)
    source = models.CharField(max_length=10, choices=EntrySource.choices, default=EntrySource.ENTRANT)
    title = TranslatedField(max_length=200)
    abstract = TranslatedField(max_length=3000)
    answers = models.JSONField(default=dict, blank=True)
    kind = models.CharField(max_length=14, choices=EntrantKind.choices, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="entries"
    )
    organisation_name = models.CharField(max_length=300, blank=True)
    entity = models.ForeignKey(
        Entity, null=True, blank=True, on_delete=models.PROTECT, related_name="entries"
    )
    contact_name = models.CharField(max_length=200, blank=True)
    contact_email = models.EmailField()
    language = models.CharField(max_length=20, blank=True)
    zone_name = models.CharField(max_length=64, blank=True)
    rules_text = models.ForeignKey(
        RulesText, null=True, blank=True, on_delete=models.PROTECT, related_name="entries"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    is_late = models.BooleanField(default=False)
    late_until = models.DateTimeField(null=True, blank=True)
    remarks = models.TextField(max_length=2000, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    similar_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="repeated_by"
    )
    generation = models.PositiveIntegerField(default=1, editable=False)
    edits = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("number",)
        verbose_name_plural = "entries"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "number"], name="entry_number_unique")
        ]
        indexes: ClassVar = [
            models.Index(fields=["call", "state"], name="entry_by_state"),
            models.Index(fields=["contact_email"], name="entry_by_contact"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @property
    def edition_id(self) -> int:
        """The edition to which it belongs, for the log."""
        return self.call.edition_id


class EntryVersion(models.Model):
    """An entry as it stood: the canonical JSON of everything that is judged, and the SHA-256 of that text.

    Jurors read versions, never the entry itself.
    """

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    why = models.CharField(max_length=20)
    frozen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("number",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "number"], name="entry_version_number_unique")
        ]

    def __str__(self) -> str:
        return f"{self.entry} v{self.number}"

    @property
    def edition_id(self) -> int:
        """The edition to which it belongs, for the log."""
        return self.entry.call.edition_id


class Attachment(models.Model):
    """A file that answers one question of an entry."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="attachments")
    slug = models.SlugField(max_length=40)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "slug"], name="attachment_once")]

    def __str__(self) -> str:
        return f"{self.slug}: {self.file}"

    @property
    def edition_id(self) -> int:
        """The edition to which it belongs, for the log."""
        return self.entry.call.edition_id


class Member(models.Model):
    """Somebody of an entry's team, or a co-entrant: counted once she has confirmed by her own link."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="members")
    name = models.CharField(max_length=200)
    email = models.EmailField()
    organisation_name = models.CharField(max_length=300, blank=True)
    part = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=MemberState.choices, default=MemberState.ASKED)
    answered_at = models.DateTimeField(null=True, blank=True)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="memberships"
    )
    generation = models.PositiveIntegerField(default=1, editable=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "email"], name="member_once")]
        indexes: ClassVar = [models.Index(fields=["email"], name="member_by_email")]

    def __str__(self) -> str:
        return self.name

    @property
    def edition_id(self) -> int:
        """The edition to which it belongs, for the log."""
        return self.entry.call.edition_id


class Relation(models.Model):
    """Somebody whom an entrant names because she should not judge the entry; matched with a juror by the office or by name."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="relations")
    name = models.CharField(max_length=200)
    organisation_name = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=20)
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name

    @property
    def edition_id(self) -> int:
        """The edition to which it belongs, for the log."""
        return self.entry.call.edition_id


class Nomination(models.Model):
    """A proposal that somebody should enter: who proposes, whom, and why; the entry that came of it."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="nominations")
    state = models.CharField(max_length=10, choices=NominationState.choices, default=NominationState.SENT)
    nominator_name = models.CharField(max_length=200)
    nominator_email = models.EmailField()
    nominator_organisation = models.CharField(max_length=300, blank=True)
    nominee_name = models.CharField(max_length=200)
    nominee_email = models.EmailField()
    nominee_organisation = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=20, blank=True)
    words = models.TextField(max_length=3000, blank=True)
    entry = models.OneToOneField(
        Entry, null=True, blank=True, on_delete=models.SET_NULL, related_name="nomination"
    )
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("sent_at", "id")

    def __str__(self) -> str:
        return f"{self.nominee_name}, {self.nominee_organisation}"

    @property
    def edition_id(self) -> int:
        """The edition to which it belongs, for the log."""
        return self.call.edition_id
