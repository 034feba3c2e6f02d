"""What protocol has for a guest's "My summit": how she travels, who receives her, where she stays, eats and sits."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from summitry.guests.enums import GONE
from summitry.guests.hub import Card, Section, register_card, register_section
from summitry.guests.queries.guest_links import Opened, page_path
from summitry.protocol.queries.health import Standing, asked_of, standings
from summitry.protocol.queries.logistics import logistics_of

PLACE = 220
ORDER = 470
OPEN = frozenset({Standing.MISSING, Standing.OLD})


def logistics(opened: Opened) -> Section | None:
    """Show what is arranged for a guest who comes, once something is; her own clock stands beside the host's."""
    guest = opened.guest
    if guest.state in GONE:
        return None
    arranged = logistics_of(guest, opened.actor)
    step = asked_of(guest)
    if arranged.is_empty and step is None:
        return None
    zone = (
        ZoneInfo(guest.zone_name) if guest.zone_name and guest.zone_name != guest.edition.zone_name else None
    )
    return Section(
        "logistics",
        _("Travel and stay"),
        "protocol/guest_part.html",
        {
            "arranged": arranged,
            "edition": guest.edition,
            "zone": zone,
            "step": step,
            "health_url": page_path(guest, page="care:health"),
        },
    )


def health_card(opened: Opened) -> Card | None:
    """Ask a guest for her health result where the edition does, as long as none is there that holds."""
    guest = opened.guest
    step = asked_of(guest)
    if step is None or standings(guest.edition, [guest.pk])[guest.pk].standing not in OPEN:
        return None
    lang = get_language() or "en"
    asked = step.asked.shown(lang, guest.edition.fallback).text
    return Card(
        step.purpose.name.shown(lang, guest.edition.fallback).text,
        asked or _("The summit asks for a recent health result before you arrive."),
        page_path(guest, page="care:health"),
        _("Read why, and hand it in"),
        "amber",
    )


def register() -> None:
    """Contribute the part, and the card."""
    register_section(PLACE, logistics)
    register_card(ORDER, health_card)
