"""A guest's badge on her "My summit": to be found right, to be corrected, to be carried."""

from __future__ import annotations

from django.utils.translation import gettext as _

from summitry.gates.models import BadgeCheck, BadgeLayout
from summitry.guests.enums import GuestState
from summitry.guests.hub import Card, Section, register_card, register_section
from summitry.guests.queries.guest_links import Opened, page_path

ORDER = 450
READY = frozenset({GuestState.APPROVED, GuestState.CONFIRMED})


def badge_card(opened: Opened) -> Card | None:
    """Ask an accredited guest to look at her badge, as long as she has not."""
    guest = opened.guest
    if guest.state != GuestState.CONFIRMED or guest.badge_signed_at is not None:
        return None
    if not BadgeLayout.objects.filter(edition=guest.edition_id).exists():
        return None
    has_problem = BadgeCheck.objects.filter(guest=guest).exclude(kinds="").exists()
    text = (
        _("Something on it does not fit, or is missing. Please look at it.")
        if has_problem
        else _("Please look at it, and tell us that it is right, before it is printed.")
    )
    return Card(
        _("Your badge"),
        text,
        page_path(guest, page="badge:page"),
        _("Look at my badge"),
        "amber" if has_problem else "jade",
    )


def badge_section(opened: Opened) -> Section | None:
    """Lead to her badge, and to the one on her telephone."""
    guest = opened.guest
    if guest.state not in READY:
        return None
    context = {
        "guest": guest,
        "url": page_path(guest, page="badge:page"),
        "carried_url": page_path(guest, page="badge:carried") if guest.state == GuestState.CONFIRMED else "",
    }
    return Section("badge", _("Your badge"), "gates/badges/section.html", context, is_aside=True)


def register() -> None:
    """Contribute to the page."""
    register_card(ORDER, badge_card)
    register_section(ORDER, badge_section)
