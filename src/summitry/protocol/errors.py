"""What this room refuses, each with a sentence for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from summitry.foundation.errors import SummitryError


class NotComing(SummitryError):
    """The guest refused, withdrew or was refused: nothing is planned for her."""

    code = "not-coming"
    message = _("%(guest)s does not come any more.")


class SeatLocked(SummitryError):
    """A locked seat is not given to anybody else by the way."""

    code = "seat-locked"
    message = _("This seat is locked. Unlock it first.")


class VehicleFull(SummitryError):
    """The vehicle has no place left on this ride."""

    code = "vehicle-full"
    message = _("No place is left in this vehicle. Places: %(seats)s.")


class VehicleBusy(SummitryError):
    """The vehicle is on another ride at that time."""

    code = "vehicle-busy"
    message = _("The vehicle is on another ride at that time.")


class AllotmentFull(SummitryError):
    """No room of this class is left for one of the nights."""

    code = "allotment-full"
    message = _("No room of this class is left in the night of %(night)s. Rooms held: %(rooms)s.")


class HealthOff(SummitryError):
    """The edition asks for no health step."""

    code = "health-off"
    message = _("This edition asks for no health result.")
