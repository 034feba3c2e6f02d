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
    NOT_STATED = "not_stated", _("not stated")


class ObservationKind(TextChoices):
    """Whether a value was announced beforehand or reported afterwards."""

    EXPECTED = "expected", _("Expected")
    ACTUAL = "actual", _("Reported")


class MeasureUnit(TextChoices):
    """What a value is: a number of something, or words of a certain form.

    A `date` is written as ISO 8601 (a day, a month or a year), a `list` with semicolons, a `person` as a name, a comma
    and a post, an `answer` as "yes" or "no".
    """

    PEOPLE = "people", _("people")
    ENTITIES = "entities", _("countries and regions")
    ORGANISATIONS = "organisations", _("organisations")
    ITEMS = "items", _("items")
    DAYS = "days", _("days")
    DATE = "date", _("date")
    TEXT = "text", _("text")
    LIST = "list", _("list")
    PERSON = "person", _("person")
    ANSWER = "answer", _("yes or no")


COUNTABLE = frozenset(
    {MeasureUnit.PEOPLE, MeasureUnit.ENTITIES, MeasureUnit.ORGANISATIONS, MeasureUnit.ITEMS, MeasureUnit.DAYS}
)


class MeasureGroup(TextChoices):
    """What a measure is about; the groups' order is that of the pages."""

    GUESTS = "guests", _("Guests")
    PROGRAMME = "programme", _("Programme")
    EXPO = "expo", _("Expo")
    AWARDS = "awards", _("Achievements, cases and competition")
    DOCUMENTS = "documents", _("Documents")
    FORMAT = "format", _("Title, dates and format")
    PEOPLE = "people", _("People")
    WORDING = "wording", _("Names and wording")


class ConflictKind(TextChoices):
    """What claims disagree about."""

    FIGURE = "figure", _("Figures")
    WORDING = "wording", _("Names and wording")
