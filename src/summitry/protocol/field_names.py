"""What the fields of this room are called in trails."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from summitry.foundation.lists import name_fields
from summitry.protocol.models import (
    Allotment,
    Courtesy,
    HealthStep,
    Leg,
    Meal,
    PrecedenceList,
    SeatingPlan,
    Stay,
    Transfer,
)


def register() -> None:
    """Name the fields."""
    name_fields(PrecedenceList, name=_("Name"), language=_("Alphabet"), start_letter=_("Letter drawn by lot"))
    name_fields(
        SeatingPlan,
        name=_("Name"),
        starts_at=_("Begins"),
        room=_("Room"),
        precedence=_("Precedence list"),
        is_published=_("Guests see their own seat"),
    )
    name_fields(
        Courtesy,
        rank=_("Rank"),
        in_office_since=_("In office since"),
        style=_("Style before the name"),
        salutation=_("Salutation in letters"),
        pronunciation=_("How the name is said"),
        note=_("Note of protocol"),
    )
    name_fields(
        Leg,
        direction=_("Direction"),
        means=_("By"),
        code=_("Flight or train number"),
        from_place=_("From"),
        to_place=_("To"),
        away_zone=_("Time zone of the other end"),
        departs_at=_("Departs"),
        arrives_at=_("Arrives"),
        expected_at=_("Now expected"),
        station=_("Station"),
        state=_("State"),
        note=_("Note"),
    )
    name_fields(
        Transfer,
        vehicle=_("Vehicle"),
        from_station=_("From"),
        to_station=_("To"),
        starts_at=_("Departs"),
        ends_at=_("Arrives"),
        note=_("Note"),
    )
    name_fields(
        Allotment,
        hotel=_("Hotel"),
        room_class=_("Room class"),
        rooms=_("Rooms"),
        since=_("First night"),
        until=_("Until the morning of"),
    )
    name_fields(
        Stay,
        allotment=_("Hotel and room class"),
        arrives_on=_("First night"),
        leaves_on=_("Leaves on"),
        shares=_("Shares a room"),
        room_number=_("Room number"),
        note=_("Note"),
    )
    name_fields(
        Meal,
        name=_("Name"),
        place=_("Place"),
        starts_at=_("Begins"),
        categories=_("Guests of these categories"),
    )
    name_fields(HealthStep, is_on=_("On"), hours=_("Not older than, in hours"), asked=_("What is asked"))
