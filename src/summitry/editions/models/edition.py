"""The series, its editions, and an edition's phases and topics."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from summitry.directory.models import NamingProfile, Topic
from summitry.editions.enums import EditionOrigin, Moment, PhaseKind
from summitry.foundation import clock
from summitry.foundation.i18n import TranslatedField

RESERVED_SLUGS = frozenset(
    "account api console editions embed files gate guest health my oembed record search speak static topics people".split()
)


class Summit(models.Model):
    """The series."""

    slug = models.SlugField(max_length=60, unique=True)
    name = TranslatedField(max_length=200)

    def __str__(self) -> str:
        return str(self.name)


class Edition(models.Model):
    """One holding of a summit in one year; everything year-bound hangs on it.

    `content_version` is raised by every action that changes what the public may see: cached pages carry it in their
    key, so that none is ever stale. `ordinal` is empty where counting is disputed, and `ordinal_note` says why.
    """

    summit = models.ForeignKey(Summit, on_delete=models.PROTECT, related_name="editions")
    slug = models.CharField(
        max_length=60,
        unique=True,
        validators=[
            RegexValidator(r"^[a-z0-9][a-z0-9_-]*$", _("Use lower-case letters, digits and hyphens."))
        ],
    )
    acronym = models.CharField(max_length=60, blank=True)
    origin = models.CharField(max_length=10, choices=EditionOrigin.choices, default=EditionOrigin.RUN)
    year = models.PositiveSmallIntegerField()
    ordinal = models.PositiveSmallIntegerField(null=True, blank=True)
    ordinal_note = TranslatedField(max_length=500)
    name = TranslatedField(max_length=200)
    formal_title = TranslatedField(max_length=300)
    motto = TranslatedField(max_length=300)
    lead = TranslatedField(max_length=1000)
    host_city = TranslatedField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField()
    zone_name = models.CharField(max_length=64, default="UTC")
    languages = models.JSONField(default=list, blank=True)
    fallback = models.JSONField(default=list, blank=True)
    naming_profile = models.ForeignKey(
        NamingProfile, null=True, blank=True, on_delete=models.PROTECT, related_name="editions"
    )
    website = models.URLField(blank=True)
    is_public = models.BooleanField(default=False)
    content_version = models.PositiveBigIntegerField(default=1)
    external = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("-starts_on", "-id")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(starts_on__lte=models.F("ends_on")), name="edition_dates_in_order"
            )
        ]

    def __str__(self) -> str:
        return str(self.name) or self.slug

    @property
    def zone(self) -> ZoneInfo:
        """The host city's time zone."""
        return ZoneInfo(self.zone_name)

    @property
    def days(self) -> list[dt.date]:
        """All days of the edition, in order."""
        return [
            self.starts_on + dt.timedelta(days=n) for n in range((self.ends_on - self.starts_on).days + 1)
        ]

    def moment(self, at: dt.datetime | None = None) -> Moment:
        """Return whether `at` (now by default) lies before, during or after the edition's days in its zone."""
        today = (at or clock.now()).astimezone(self.zone).date()
        if today < self.starts_on:
            return Moment.BEFORE
        return Moment.DURING if today <= self.ends_on else Moment.AFTER


class Phase(models.Model):
    """A stage with an opening and a closing instant; an empty closing means that it stays open."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="phases")
    kind = models.CharField(max_length=20, choices=PhaseKind.choices)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("opens_at", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "kind"], name="phase_unique"),
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True) | Q(opens_at__lt=models.F("closes_at")),
                name="phase_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.kind}"


class EditionTopic(models.Model):
    """A topic as one edition uses it."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="edition_topics")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="edition_topics")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "topic"], name="edition_topic_unique")
        ]

    def __str__(self) -> str:
        return str(self.topic)
