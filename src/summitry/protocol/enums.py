"""Choices of this room, and which state of a journey follows which."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from summitry.foundation.states import TransitionTable


class Rank(TextChoices):
    """The rank in which somebody comes, in the usual order. It serves a proposal; the list itself is made by hand."""

    HEAD_OF_STATE = "head_of_state", _("Head of state")
    DEPUTY_OF_STATE = "deputy_of_state", _("Vice-president or crown prince")
    HEAD_OF_GOVERNMENT = "head_of_government", _("Head of government")
    DEPUTY_OF_GOVERNMENT = "deputy_of_government", _("Deputy head of government")
    HEAD_OF_ORGANISATION = "head_of_organisation", _("Head of an intergovernmental organisation")
    FOREIGN_MINISTER = "foreign_minister", _("Minister of foreign affairs")
    MINISTER = "minister", _("Minister")
    DEPUTY_MINISTER = "deputy_minister", _("Deputy minister")
    AMBASSADOR = "ambassador", _("Ambassador")
    HEAD_OF_DELEGATION = "head_of_delegation", _("Head of delegation")
    OTHER = "other", pgettext_lazy("rank", "Other")


class PrecedenceChange(TextChoices):
    """What one version of a precedence list changed."""

    PROPOSED = "proposed", _("Proposed by rank, time in office and alphabet")
    MOVED = "moved", _("Moved")
    ADDED = "added", _("Added")
    REMOVED = "removed", _("Taken off")
    LEFT = "left", _("Does not come any more")
    RESTORED = "restored", _("Gone back to an earlier version")


class BlockKind(TextChoices):
    """How seats stand together: who sits beside whom follows from it."""

    ROW = "row", _("Row")
    ROUND = "round", _("Round table")
    LONG = "long", _("Long table, two sides")


class RuleKind(TextChoices):
    """What a seating plan has to keep to."""

    APART = "apart", _("Keep apart")
    TOGETHER = "together", _("Seat together")
    LANGUAGE = "language", _("Share a language with a neighbour")


class Span(TextChoices):
    """How far a rule of a seating plan reaches."""

    SEAT = "seat", _("Neighbouring seats")
    BLOCK = "block", _("The whole table or row")


class Direction(TextChoices):
    """Whether a journey leads to the summit or away from it."""

    ARRIVAL = "arrival", _("Arrival")
    DEPARTURE = "departure", _("Departure")


class Means(TextChoices):
    """By what somebody travels."""

    FLIGHT = "flight", _("Flight")
    TRAIN = "train", _("Train")
    ROAD = "road", _("Road")
    SHIP = "ship", _("Ship")


class LegState(TextChoices):
    """How far a journey has come, as the arrival board shows it."""

    EXPECTED = "expected", _("Expected")
    ARRIVED = "arrived", _("Arrived")
    MET = "met", _("Met")
    CANCELLED = "cancelled", pgettext_lazy("journey", "Cancelled")


L = LegState
LEG = TransitionTable(
    "protocol.leg",
    "state",
    {
        L.EXPECTED: frozenset({L.ARRIVED, L.MET, L.CANCELLED}),
        L.ARRIVED: frozenset({L.MET, L.EXPECTED}),
        L.MET: frozenset({L.ARRIVED}),
        L.CANCELLED: frozenset({L.EXPECTED}),
    },
)


class StationKind(TextChoices):
    """What a place is at which guests are picked up or set down."""

    AIRPORT = "airport", _("Airport")
    RAILWAY = "railway", _("Railway station")
    HOTEL = "hotel", _("Hotel")
    VENUE = "venue", _("Venue")
    OTHER = "other", pgettext_lazy("place", "Other")


class DietNeed(TextChoices):
    """What the kitchen has to provide. Who needs it is not the kitchen's to know."""

    VEGETARIAN = "vegetarian", _("Vegetarian")
    VEGAN = "vegan", _("Vegan")
    HALAL = "halal", _("Halal")
    KOSHER = "kosher", _("Kosher")
    NO_PORK = "no_pork", _("No pork")
    NO_BEEF = "no_beef", _("No beef")
    NO_ALCOHOL = "no_alcohol", _("No alcohol")
    GLUTEN_FREE = "gluten_free", _("Gluten-free")
    LACTOSE_FREE = "lactose_free", _("Lactose-free")
    NO_NUTS = "no_nuts", _("No nuts")
    NO_SEAFOOD = "no_seafood", _("No seafood")


class HealthOutcome(TextChoices):
    """What a test or certificate said."""

    CLEAR = "clear", pgettext_lazy("health", "Clear")
    NOT_CLEAR = "not_clear", pgettext_lazy("health", "Not clear")
