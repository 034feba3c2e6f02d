"""Whether an entry may take part: rules, what each found, and the decision of people where one is needed."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from summitry.calls.enums import Outcome, RuleKind
from summitry.calls.models.call import Call
from summitry.calls.models.entry import Entry
from summitry.foundation.i18n import TranslatedField


class EligibilityRule(models.Model):
    """A declarative rule. `setting` is what its kind needs, such as `{"question": slug, "least": 1}`.

    Where `only_flags`, an entry that does not pass waits for a person instead of failing.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="eligibility_rules")
    slug = models.SlugField(max_length=40)
    name = TranslatedField(max_length=200)
    kind = models.CharField(max_length=16, choices=RuleKind.choices)
    setting = models.JSONField(default=dict, blank=True)
    only_flags = models.BooleanField(default=False)
    version = models.PositiveSmallIntegerField(default=1)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints: ClassVar = [models.UniqueConstraint(fields=["call", "slug"], name="rule_slug_unique")]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def edition_id(self) -> int:
        """The edition to which it belongs, for the log."""
        return self.call.edition_id


class EligibilityCheck(models.Model):
    """What one rule found about one entry, and on what evidence; `officer` where a person looked."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="checks")
    rule = models.ForeignKey(EligibilityRule, on_delete=models.PROTECT, related_name="checks")
    rule_version = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    evidence = models.JSONField(default=dict, blank=True)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    words = models.CharField(max_length=1000, blank=True)
    checked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("rule__position", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "rule"], name="eligibility_check_once")
        ]

    def __str__(self) -> str:
        return f"{self.entry}: {self.rule}"

    @property
    def edition_id(self) -> int:
        """The edition to which it belongs, for the log."""
        return self.entry.call.edition_id


class Rejection(models.Model):
    """A proposal to hold an entry not eligible: somebody else has to confirm it."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="rejection")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=1000)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None) | ~models.Q(confirmed_by=models.F("proposed_by")),
                name="rejection_by_two_people",
            )
        ]

    def __str__(self) -> str:
        return str(self.entry)

    @property
    def edition_id(self) -> int:
        """The edition to which it belongs, for the log."""
        return self.entry.call.edition_id
