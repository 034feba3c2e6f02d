"""What the fields of guests, categories, purposes and questions are called, in previews of changes and in trails."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from summitry.foundation.lists import name_fields
from summitry.guests.models import Category, Field, Guest, Purpose


def register() -> None:
    """Name the fields."""
    name_fields(
        Guest,
        category=_("Category"),
        also=_("Also comes as"),
        attendance=_("Takes part"),
        state=_("State"),
        state_since=_("Since"),
        source=_("Came by"),
        delegation=_("Delegation"),
        principal=_("Accompanies"),
        language=_("Language of letters"),
        zone_name=_("Time zone"),
        deskword=_("For the desk"),
        badge_name=_("Name on the badge"),
        badge_second_name=_("Second name on the badge"),
        badge_line=_("Line on the badge"),
        badge_signed_at=_("Badge approved"),
    )
    name_fields(
        Category,
        name=_("Name"),
        capacity=_("Capacity"),
        position=_("Position"),
        colour=_("Colour"),
        steps=_("Steps"),
        clocks=_("Hours for each step"),
        needs_two=_("Two people decide"),
        photo=_("Photo"),
        identity=_("Identity document"),
        visa=_("Visa support"),
        on_behalf=_("Others may fill in"),
        counts=_("Counts in the figures"),
        companions=_("Companions"),
        places=_("Places"),
        is_open=_("Open to everybody"),
        opens_at=_("Opens"),
        closes_at=_("Closes"),
    )
    name_fields(
        Purpose,
        name=_("Name"),
        reason=_("Reason"),
        keep_days=_("Days kept"),
        needs_consent=_("Needs consent"),
        sealed=_("Sealed"),
    )
    name_fields(
        Field,
        label=_("Question"),
        hint=_("Hint"),
        kind=_("Kind"),
        step=_("Step"),
        purpose=_("Purpose"),
        categories=_("Categories"),
        attendance=_("Takes part"),
        is_required=_("Has to be answered"),
        options=_("Answers"),
        condition=_("Condition"),
        position=_("Position"),
    )
