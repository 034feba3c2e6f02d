"""This room's refusals."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from summitry.foundation.errors import InvalidInput, SummitryError


class ReservedSlug(InvalidInput):
    """An address that the site needs for itself."""

    code = "reserved-slug"
    message = _("The address “%(slug)s” is needed by the site itself. Please choose another one.")


class SlugTaken(InvalidInput):
    """Another edition or summit has this address."""

    code = "slug-taken"
    message = _("The address “%(slug)s” is already in use. Please choose another one.")


class UnknownZone(InvalidInput):
    """A time zone that nobody knows."""

    code = "unknown-zone"
    message = _("“%(zone)s” is not a known time zone. Use a name such as “Asia/Shanghai”.")


class PhaseClosed(SummitryError):
    """What is asked for is not open at this time."""

    code = "phase-closed"
    message = _("This is not open at present.")


class ForeignPart(InvalidInput):
    """A building or room of another edition."""

    code = "foreign-part"
    message = _("This belongs to another edition.")


class RoomInUse(SummitryError):
    """The room stands in a schedule."""

    code = "room-in-use"
    message = _("The room “%(room)s” is used by the schedule and cannot be removed.")
