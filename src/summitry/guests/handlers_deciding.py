"""What follows in the same moment when a guest comes from one state to another: steps that nobody takes, letters that end."""

from __future__ import annotations

import datetime as dt

from summitry.foundation.access import system
from summitry.foundation.bus import subscribe
from summitry.foundation.jobs import every
from summitry.guests.actions.moving import move
from summitry.guests.actions.shredding import shred_what_is_over
from summitry.guests.actions.visa import withdraw_letters
from summitry.guests.enums import GuestState, Step
from summitry.guests.events import GuestMoved
from summitry.guests.models import Guest
from summitry.guests.queries.steps import ADMITTED, onward
from summitry.guests.queries.two_people import needing_two

ACCREDITATION = system("accreditation")


def pass_on(event: GuestMoved) -> None:
    """Bring an application past the steps that its category does not have; nobody is admitted so whom two have to admit."""
    if event.now == GuestState.SUBMITTED:
        step, first = Step.COMPLETENESS, Step.APPLICATION
    elif event.now == GuestState.DECIDING and event.was == GuestState.SCREENING:
        step, first = Step.DECISION, Step.SCREENING
    else:
        return
    guest = Guest.objects.select_related("category", "edition", "person").get(pk=event.guest_id)
    if step.value in guest.category.steps or guest.state != event.now:
        return
    to = onward(guest.category, first)
    if to in ADMITTED and needing_two([guest]):
        to = GuestState.DECIDING
    if to != guest.state:
        move(guest, to, by=ACCREDITATION)


def end_letters(event: GuestMoved) -> None:
    """Withdraw the visa letter of a guest who is no longer one who may come."""
    if event.was in ADMITTED and event.now not in ADMITTED:
        withdraw_letters(event.guest_id, by=event.by)


def connect() -> None:
    """Listen to the steps of guests, inside their transaction, and let what is over be shredded each day."""
    subscribe(GuestMoved, pass_on, inside=True)
    subscribe(GuestMoved, end_letters, inside=True)
    every(dt.timedelta(days=1), shred_what_is_over)
