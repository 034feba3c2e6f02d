"""What this room keeps of a guest: how she travels, lodges, sits and is addressed, and what is sealed. For her receipt and copy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from summitry.editions.models import Edition
from summitry.foundation.sealing import SealBroken
from summitry.guests.models import Guest, Purpose
from summitry.guests.queries.dependencies import Dependency, register_dependency
from summitry.guests.queries.holdings import Held, register_holding
from summitry.guests.queries.keeping import register_look
from summitry.protocol.actions.forgetting import KEEP_DAYS
from summitry.protocol.enums import DietNeed, Direction, HealthOutcome, LegState, Means, Rank
from summitry.protocol.models import (
    Courtesy,
    Diet,
    Entitlement,
    Greeting,
    HealthResult,
    HealthStep,
    Leg,
    Rider,
    Seat,
    Stay,
)
from summitry.protocol.queries.sealed import DIET, HEALTH, opened_diet, opened_result

Kept = TypeVar("Kept")
Rows = Sequence[Mapping[str, Any]]


def journeys(guest: Guest) -> Rows:
    """Return a guest's journeys to the summit and away."""
    return [
        {
            "direction": Direction(row.direction),
            "means": Means(row.means),
            "code": row.code,
            "from_place": row.from_place,
            "to_place": row.to_place,
            "departs_at": row.departs_at,
            "arrives_at": row.arrives_at,
            "expected_at": row.expected_at,
            "state": LegState(row.state),
            "note": row.note,
        }
        for row in Leg.objects.filter(guest=guest).order_by("pk")
    ]


def rides(guest: Guest) -> Rows:
    """Return the rides on which a guest has a place."""
    rows = Rider.objects.filter(guest=guest).order_by("transfer__starts_at", "pk")
    return [
        {
            "from_place": row.transfer.from_station.name,
            "to_place": row.transfer.to_station.name,
            "starts_at": row.transfer.starts_at,
            "ends_at": row.transfer.ends_at,
        }
        for row in rows.select_related("transfer__from_station", "transfer__to_station")
    ]


def stays(guest: Guest) -> Rows:
    """Return where a guest sleeps."""
    return [
        {
            "hotel": row.allotment.hotel.name,
            "room_class": row.allotment.room_class,
            "room_number": row.room_number,
            "arrives_on": row.arrives_on,
            "leaves_on": row.leaves_on,
            "shares": row.shares,
            "note": row.note,
        }
        for row in Stay.objects.filter(guest=guest).select_related("allotment__hotel").order_by("pk")
    ]


def seats(guest: Guest) -> Rows:
    """Return where a guest sits."""
    rows = Seat.objects.filter(guest=guest).select_related("plan", "block").order_by("plan", "pk")
    return [{"occasion": row.plan.name, "table": row.block.label, "seat": row.number} for row in rows]


def meals(guest: Guest) -> Rows:
    """Return the meals to which a guest may come, or not, whatever her category says."""
    rows = Entitlement.objects.filter(guest=guest).select_related("meal").order_by("meal__starts_at", "pk")
    return [{"meal": row.meal.name, "starts_at": row.meal.starts_at, "may": row.may} for row in rows]


def courtesy(guest: Guest) -> Rows:
    """Return a guest's rank, and how she is addressed."""
    return [
        {
            "rank": Rank(row.rank),
            "in_office_since": row.in_office_since,
            "style": row.style,
            "salutation": row.salutation,
            "pronunciation": row.pronunciation,
            "note": row.note,
        }
        for row in Courtesy.objects.filter(guest=guest)
    ]


def greetings(guest: Guest) -> Rows:
    """Return who receives a guest, where and when."""
    return [
        {"greeter": row.greeter, "place": row.place, "at": row.at, "note": row.note}
        for row in Greeting.objects.filter(guest=guest)
    ]


def diet(guest: Guest) -> Rows:
    """Return, opened, what a guest is to be served. Whoever calls this for somebody to read records the look."""
    found = []
    for row in Diet.objects.filter(guest=guest):
        needs, words = _opened(opened_diet, row.sealed) or ([], "")
        found.append(
            {"needs": [DietNeed(each) for each in needs], "words": words, "changed_at": row.changed_at}
        )
    return found


def health(guest: Guest) -> Rows:
    """Return, opened, a guest's health results. Whoever calls this for somebody to read records the look."""
    found = []
    for row in HealthResult.objects.filter(guest=guest).order_by("taken_at", "pk"):
        outcome, words = _opened(opened_result, row.sealed) or (None, "")
        found.append(
            {
                "taken_at": row.taken_at,
                "outcome": HealthOutcome(outcome) if outcome else None,
                "words": words,
                "recorded_at": row.recorded_at,
            }
        )
    return found


def sealed_until(slug: str) -> Callable[[Guest], dt.date]:
    """Return who says until when what is sealed for this use is kept."""

    def until(guest: Guest) -> dt.date:
        days = Purpose.objects.filter(edition=guest.edition_id, slug=slug).values_list("keep_days", flat=True)
        return guest.edition.ends_on + dt.timedelta(days=next(iter(days), KEEP_DAYS))

    return until


def _asks_health(edition: Edition) -> bool:
    return HealthStep.objects.filter(edition=edition).exists()


def _keeps_diets(edition: Edition) -> bool:
    return Diet.objects.filter(guest__edition=edition).exists()


def _opened(opened: Callable[[str], Kept], sealed: str) -> Kept | None:
    try:
        return opened(sealed)
    except SealBroken:
        return None


TRAVEL = _("To meet you, and to bring you where you are expected.")
HOLDINGS = (
    Held(
        "journeys",
        _("Your journeys"),
        TRAVEL,
        journeys,
        {
            "direction": pgettext_lazy("journey", "Direction"),
            "means": _("By"),
            "code": _("Number"),
            "from_place": pgettext_lazy("place", "From"),
            "to_place": pgettext_lazy("place", "To"),
            "departs_at": _("Departs"),
            "arrives_at": _("Arrives"),
            "expected_at": _("Expected at"),
            "state": _("State"),
            "note": pgettext_lazy("remark", "Note"),
        },
    ),
    Held(
        "rides",
        _("Your rides"),
        TRAVEL,
        rides,
        {
            "from_place": pgettext_lazy("place", "From"),
            "to_place": pgettext_lazy("place", "To"),
            "starts_at": _("Departs"),
            "ends_at": _("Arrives"),
        },
    ),
    Held(
        "greetings",
        _("Who receives you"),
        TRAVEL,
        greetings,
        {
            "greeter": pgettext_lazy("person", "Who"),
            "place": pgettext_lazy("place", "Where"),
            "at": pgettext_lazy("greeting", "When"),
            "note": pgettext_lazy("remark", "Note"),
        },
    ),
    Held(
        "stays",
        _("Your stay"),
        _("To have a room ready for you."),
        stays,
        {
            "hotel": _("Hotel"),
            "room_class": _("Room class"),
            "room_number": _("Room number"),
            "arrives_on": _("Arrives"),
            "leaves_on": _("Leaves"),
            "shares": _("Shares a room"),
            "note": pgettext_lazy("remark", "Note"),
        },
    ),
    Held(
        "seats",
        _("Your seats"),
        _("To know where you sit."),
        seats,
        {"occasion": _("Occasion"), "table": _("Table or row"), "seat": pgettext_lazy("place", "Seat")},
    ),
    Held(
        "meals",
        _("Your meals"),
        _("To let you in to meals that others of your category do not have, or the other way round."),
        meals,
        {"meal": _("Meal"), "starts_at": pgettext_lazy("meal", "When"), "may": _("You may come")},
    ),
    Held(
        "courtesy",
        _("How you are addressed"),
        _("To address and receive you as is due to you."),
        courtesy,
        {
            "rank": _("Rank"),
            "in_office_since": _("In office since"),
            "style": _("Style"),
            "salutation": _("Salutation"),
            "pronunciation": _("Pronunciation"),
            "note": pgettext_lazy("remark", "Note"),
        },
    ),
    Held(
        "diet",
        _("What you are to be served"),
        _("To serve you what you can eat. The kitchen sees numbers, no names."),
        diet,
        {"needs": _("Needs"), "words": _("Words"), "changed_at": _("Changed on")},
        until=sealed_until(DIET),
        sealed=frozenset({"needs", "words"}),
    ),
    Held(
        "health",
        _("Your health results"),
        _("To protect everybody at the venue."),
        health,
        {
            "taken_at": _("Taken on"),
            "outcome": _("Result"),
            "words": _("Words"),
            "recorded_at": _("Entered on"),
        },
        until=sealed_until(HEALTH),
        sealed=frozenset({"outcome", "words"}),
    ),
)


def register() -> None:
    """Declare what this room keeps, and which looks at it are told to the guest."""
    for held in HOLDINGS:
        register_holding(held)
    register_dependency(
        Purpose, HEALTH, Dependency(_("The health step keeps its results for it."), _asks_health)
    )
    register_dependency(Purpose, DIET, Dependency(_("It says how long diets are kept."), _keeps_diets))
    register_look("protocol.diet.seen")
    register_look("protocol.health.seen")
