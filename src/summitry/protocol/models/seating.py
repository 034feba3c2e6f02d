"""Seating: a plan's tables and rows, its seats, and what it has to keep to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from summitry.editions.models import Edition, Room
from summitry.foundation.i18n import TranslatedField
from summitry.guests.models import Guest
from summitry.protocol.enums import BlockKind, RuleKind, Span
from summitry.protocol.models.precedence import PrecedenceList


class SeatingPlan(models.Model):
    """Who sits where on one occasion, in a room of the venue or anywhere; `precedence` is the order that it follows.

    Where it `is_published`, each guest sees her own seat, and nobody else's. Every change raises `number`, and whoever changes says which one she saw.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="seating_plans")
    slug = models.SlugField(max_length=80)
    name = TranslatedField(max_length=200)
    starts_at = models.DateTimeField(null=True, blank=True)
    room = models.ForeignKey(
        Room, null=True, blank=True, on_delete=models.SET_NULL, related_name="seating_plans"
    )
    precedence = models.ForeignKey(
        PrecedenceList, null=True, blank=True, on_delete=models.SET_NULL, related_name="seating_plans"
    )
    is_published = models.BooleanField(default=False)
    number = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ("starts_at", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "slug"], name="seating_slug_unique")
        ]

    def __str__(self) -> str:
        return str(self.name)


class Block(models.Model):
    """A table or a row of a plan."""

    plan = models.ForeignKey(SeatingPlan, on_delete=models.CASCADE, related_name="blocks")
    label = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=BlockKind.choices, default=BlockKind.ROUND)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "label"], name="block_label_unique")]

    def __str__(self) -> str:
        return self.label


class Seat(models.Model):
    """One seat: its number at its table, its place of honour in the plan (1 is the first), and who sits there.

    A locked seat is left alone by proposals. `left` is who had it and does not come any more: the gap is to be filled.
    """

    plan = models.ForeignKey(SeatingPlan, on_delete=models.CASCADE, related_name="seats")
    block = models.ForeignKey(Block, on_delete=models.CASCADE, related_name="seats")
    number = models.PositiveSmallIntegerField()
    honour = models.PositiveSmallIntegerField(default=0)
    guest = models.ForeignKey(Guest, null=True, blank=True, on_delete=models.SET_NULL, related_name="seats")
    is_locked = models.BooleanField(default=False)
    left = models.ForeignKey(
        Guest, null=True, blank=True, on_delete=models.SET_NULL, related_name="left_seats"
    )
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("block__position", "number", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["block", "number"], name="seat_number_unique"),
            models.UniqueConstraint(
                fields=["plan", "guest"], condition=Q(guest__isnull=False), name="seat_once_per_plan"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.block} {self.number}"


class SeatingRule(models.Model):
    """What holds for some guests of a plan (for all, where a language rule names none), and why."""

    plan = models.ForeignKey(SeatingPlan, on_delete=models.CASCADE, related_name="rules")
    kind = models.CharField(max_length=10, choices=RuleKind.choices)
    span = models.CharField(max_length=10, choices=Span.choices, default=Span.SEAT)
    guests = models.ManyToManyField(Guest, blank=True, related_name="seating_rules")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.plan}: {self.get_kind_display()}"
