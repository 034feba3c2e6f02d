"""Meetings of the demo's guests, in every state, and what they consented to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.access import Actor
from summitry.guests.actions.consent import give_consent, withdraw_consent
from summitry.guests.actions.meeting import (
    accept_meeting,
    cancel_meeting,
    decline_meeting,
    expire_meetings,
    propose_meeting,
    set_meeting_desk,
    withdraw_meeting,
)
from summitry.guests.enums import Attendance, Capacity, GuestState
from summitry.guests.errors import SlotTaken
from summitry.guests.models import Guest, Meeting, Purpose
from summitry.guests.queries.busy import slots_of
from summitry.guests.queries.consents import wording
from summitry.guests.queries.guest_links import Opened

TO_BE_MET, VIA_OFFICE = 16, 3
ABOUT = (
    "Public registers, and who pays for them in the tenth year.",
    "Undersea cables: permits, repair ships, crews.",
    "Small languages on small telephones.",
    "Energy of data centres, measured instead of promised.",
)
WORDS = "May I have half an hour of your time to talk about our pilot?"
CONSENTING, CHANGED_MIND = 24, 3
LATELY, LONG_AGO = dt.timedelta(hours=20), dt.timedelta(days=6)


def build_meetings(edition: Edition, by: Actor) -> None:
    """Let some guests be met, and ask each other: agreed, declined, taken back, cancelled, too late, still open."""
    rows = Guest.objects.filter(edition=edition, state=GuestState.CONFIRMED, attendance=Attendance.ON_SITE)
    related = rows.select_related("edition", "category", "person__account", "delegation")
    sent = list(related.filter(category__capacity=Capacity.MINISTER).order_by("pk")[:VIA_OFFICE])
    open_ones = sent + list(
        related.filter(category__capacity=Capacity.DELEGATE).order_by("-pk")[: TO_BE_MET - len(sent)]
    )
    with clock.frozen(clock.now() - LONG_AGO):
        for number, guest in enumerate(open_ones):
            set_meeting_desk(
                guest, by=by, is_open=True, about=ABOUT[number % len(ABOUT)], via_office=guest in sent
            )
    _meet(edition, open_ones, by)
    _consent(edition, list(related.order_by("pk")[40 : 40 + CONSENTING]))


def _meet(edition: Edition, guests: Sequence[Guest], by: Actor) -> None:
    couples = list(zip(guests[::2], guests[1::2], strict=False))
    with clock.frozen(clock.now() - LONG_AGO):
        for couple in couples[:1]:
            _ask(edition, couple, by)
    expire_meetings.call()
    with clock.frozen(clock.now() - LATELY):
        asked = [one for couple in couples[1:] if (one := _ask(edition, couple, by)) is not None]
    for one in asked[:3]:
        accept_meeting(one, by=by)
    for one in asked[2:3]:
        cancel_meeting(one, by=by, of=one.asked)
    for one in asked[3:4]:
        decline_meeting(one, by=by)
    for one in asked[4:5]:
        withdraw_meeting(one, by=by)


def _ask(edition: Edition, couple: tuple[Guest, Guest], by: Actor) -> Meeting | None:
    """Ask for the first slot, some hours on, in which both are free."""
    begins = clock.now() + LATELY
    for slot in [one for one in slots_of(edition) if one > begins][couple[0].pk % 5 :: 5]:
        try:
            return propose_meeting(*couple, slot, by=by, words=WORDS)
        except SlotTaken:
            continue
    return None


def _consent(edition: Edition, guests: Sequence[Guest]) -> None:
    """Let guests agree to what needs their consent, each to one purpose; some think better of it."""
    purposes = list(
        Purpose.objects.filter(edition=edition, needs_consent=True).select_related("edition").order_by("pk")
    )
    for number, guest in enumerate(guests if purposes else ()):
        purpose, herself = purposes[number % len(purposes)], Opened(guest, is_current=True).actor
        give_consent(guest, purpose, by=herself, lang="en", seen=wording(purpose, "en").digest)
        if number < CHANGED_MIND:
            withdraw_consent(guest, purpose, by=herself, lang="en")
