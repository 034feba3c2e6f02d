"""What accreditation has for a guest on her page: an appeal, her visa letter, and what is kept of her."""

from __future__ import annotations

from django.utils.translation import gettext as _

from summitry.guests.enums import GuestState
from summitry.guests.hub import Section, register_section
from summitry.guests.models import Appeal, VisaLetter
from summitry.guests.queries.guest_links import Opened, page_path


def appeal(opened: Opened) -> Section | None:
    """The way to an appeal for whoever was refused, or to the answer."""
    guest = opened.guest
    if guest.state not in (GuestState.REFUSED, GuestState.APPEALED):
        return None
    row = Appeal.objects.filter(guest=guest).first()
    context = {"appeal": row, "url": page_path(guest, page="guest:appeal")}
    return Section("appeal", _("Appeal"), "guests/privacy/appeal_section.html", context)


def visa(opened: Opened) -> Section | None:
    """Her valid visa letter."""
    guest = opened.guest
    letter = VisaLetter.objects.filter(guest=guest, withdrawn_at=None).select_related("edition").first()
    if letter is None:
        return None
    context = {"letter": letter, "url": page_path(guest, page="guest:visa_letter")}
    return Section("visa", _("Visa letter"), "guests/visa/section.html", context, is_aside=True)


def privacy(opened: Opened) -> Section:
    """The way to what is kept of her."""
    context = {"url": page_path(opened.guest, page="guest:privacy")}
    return Section("privacy", _("Your data"), "guests/privacy/section.html", context, is_aside=True)


def register() -> None:
    """Add these parts."""
    register_section(100, appeal)
    register_section(400, visa)
    register_section(950, privacy)
