"""What meetings have for a guest's "My summit": a request to answer as her next thing, and what is agreed."""

from __future__ import annotations

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from summitry.foundation import clock
from summitry.guests.enums import GuestState, MeetingState
from summitry.guests.hub import Card, Section, register_card, register_section
from summitry.guests.queries.guest_links import Opened, page_path
from summitry.guests.queries.meetings import desk_of, meetings_of, waiting_for

BEFORE_STANDING = 300


def request_card(opened: Opened) -> Card | None:
    """Ask an accredited guest for the answers that others wait for."""
    guest = opened.guest
    if guest.state != GuestState.CONFIRMED:
        return None
    count = waiting_for(guest, clock.now())
    if not count:
        return None
    text = ngettext("%(n)d guest asks to meet you.", "%(n)d guests ask to meet you.", count)
    url = page_path(guest, page="guest:meetings")
    return Card(_("You are asked for a meeting"), text % {"n": count}, url, _("Answer"), "amber")


def meetings(opened: Opened) -> Section | None:
    """Show an accredited guest what is agreed, and the way to more."""
    guest = opened.guest
    if guest.state != GuestState.CONFIRMED:
        return None
    lines = meetings_of(guest, get_language() or "en", clock.now())
    context = {
        "agreed": [line for line in lines if line.meeting.state == MeetingState.ACCEPTED],
        "edition": guest.edition,
        "desk": desk_of(guest),
        "url": page_path(guest, page="guest:meetings"),
    }
    return Section("meetings", _("Meetings"), "guests/page/meetings_part.html", context)


def register() -> None:
    """Contribute the card and the part."""
    register_card(BEFORE_STANDING, request_card)
    register_section(250, meetings)
