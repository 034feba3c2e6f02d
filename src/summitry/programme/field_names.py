"""What the fields of the programme's records are called, in previews of changes and in their trails."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from summitry.foundation.lists import name_fields
from summitry.programme.models import Appearance, Contribution, Forum, Material, Session, Speaker

_TEXTS = {"title": _("Title"), "subtitle": _("Subtitle"), "abstract": _("Abstract")}
_OF_PART = {"position": _("Position"), "session": _("Session")}


def register() -> None:
    """Name the fields."""
    name_fields(
        Forum,
        **_TEXTS,
        slug=_("Address"),
        kind=_("Kind"),
        topic=_("Topic"),
        chair=_("Chair"),
        state=_("State"),
        remarks=_("Remarks"),
        due_at=_("Due"),
        submitted_at=_("Handed in"),
        signed_at=_("Signed off"),
        seats=_("Seats"),
        position=_("Position"),
        is_public=_("Public"),
        organisers=_("Institutions"),
    )
    name_fields(
        Session,
        **_TEXTS,
        code=_("Address"),
        forum=_("Forum"),
        format=_("Format"),
        spoken=_("Spoken"),
        interpreted=_("Interpreted into"),
        is_broadcast=_("Broadcast"),
        seats=_("Seats"),
        equipment=_("Equipment"),
        is_public=_("Public"),
        appearances=_("People"),
        contributions=_("Contributions"),
    )
    name_fields(
        Contribution,
        **_TEXTS,
        **_OF_PART,
        kind=_("Kind"),
        minutes=_("Minutes"),
        embargo_until=_("Under embargo until"),
    )
    name_fields(
        Appearance,
        **_OF_PART,
        contribution=_("Contribution"),
        person=_("Person"),
        role=_("Role"),
        delivery=_("Delivery"),
        fallback=_("Fallback"),
        state=_("Answer"),
        wished=_("Wished"),
        word=_("Word"),
        answered_at=_("Answered"),
    )
    name_fields(
        Speaker,
        assistant_name=_("Assistant"),
        assistant_email=_("Assistant’s e-mail"),
        zone_name=_("Time zone"),
        language=_("Language"),
        technical_needs=_("Technical needs"),
        needs_visa=_("Needs a visa"),
        needs_travel=_("Needs travel"),
        link_test=_("Link test"),
        link_tested_at=_("Link tested"),
        availability=_("Availability"),
        wished=_("Wished"),
        fallback=_("Fallback"),
        state=_("Answer"),
        word=_("Word"),
        answered_at=_("Answered"),
        name=_("Name"),
        remarks=_("Remarks"),
        decided_at=_("Decided"),
        replaced_by=_("Replaced by"),
    )
    name_fields(Material, kind=_("Kind"), number=_("Version"), note=_("Note"))
