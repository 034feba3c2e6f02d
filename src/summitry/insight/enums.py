"""Choices of the insight room."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Qualifier(TextChoices):
    """How a value was stated. Dropping it would turn a claim into another claim."""

    EXACT = "exact", _("exactly")
    ABOUT = "about", _("about")
    MORE_THAN = "more_than", _("more than")
    NEARLY = "nearly", _("nearly")


class ObservationKind(TextChoices):
    """Whether a value was announced beforehand or reported afterwards."""

    EXPECTED = "expected", _("Expected")
    ACTUAL = "actual", _("Actual")


class MeasureUnit(TextChoices):
    """What is counted."""

    PEOPLE = "people", _("people")
    ENTITIES = "entities", _("countries and regions")
    ORGANISATIONS = "organisations", _("organisations")
    ITEMS = "items", _("items")
    DAYS = "days", _("days")
    DATE = "date", _("date")
    TEXT = "text", _("text")
