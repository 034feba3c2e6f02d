"""What the fields of delegations and meetings are called in their trails."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from summitry.foundation.lists import name_fields
from summitry.guests.models import Delegation, MeetingDesk


def register() -> None:
    """Name the fields."""
    name_fields(
        Delegation,
        name=_("Name"),
        entity=_("Country or region"),
        organisation=_("Organisation"),
        head=_("Head of delegation"),
        language=_("Language of letters"),
        zone_name=_("Time zone"),
        closes_at=_("Nominations until"),
    )
    name_fields(
        MeetingDesk, is_open=_("Can be met"), about=_("About herself"), via_office=_("Through her office")
    )
