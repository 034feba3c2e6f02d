"""How far a guest has come, in words for herself: what it means, and whether anything is hers to do.

Of screening nothing is ever said: from handing in to the decision her application is being checked.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from django.utils.translation import gettext as _

from summitry.guests.enums import EXAMINED, GuestState, Step
from summitry.guests.models import Guest
from summitry.guests.queries.steps import due_at
from summitry.guests.queries.windows import nomination_window, registration_of

G = GuestState
BEFORE = frozenset({G.INVITED, G.NOMINATED, G.APPLYING})


class Standing(NamedTuple):
    """A title, a sentence, the tone of its mark (see components/chip.html), and whether it is hers to act."""

    title: str
    text: str
    tone: str
    is_hers: bool = False


def standing(guest: Guest) -> Standing:
    """Return how far a guest has come, in the active language."""
    state = G(guest.state)
    if state in EXAMINED:
        return Standing(
            _("Being checked"),
            _("We have your application and will write to you. Nothing is yours to do."),
            "amber",
        )
    words = {
        G.INVITED: (_("You are invited"), _("Please tell us who comes, and hand in what follows."), "amber"),
        G.NOMINATED: (_("You are nominated"), _("Please complete what follows and hand it in."), "amber"),
        G.APPLYING: (_("Begun"), _("Save as often as you like; hand it in when it is complete."), "amber"),
        G.WAITING: (_("On the waiting list"), _("We will write to you as soon as there is a place."), "amber"),
        G.INCOMPLETE: (_("Something is missing"), _("Please complete what we asked for, and hand it in again."), "seal"),
        G.APPROVED: (_("Approved"), _("Please confirm that you will come."), "jade"),
        G.CONFIRMED: (_("You are accredited"), _("We look forward to seeing you."), "jade"),
        G.REFUSED: (_("Not approved"), _("We could not approve your application. We have written to you."), "seal"),
        G.APPEALED: (_("Looked at again"), _("You appealed; we look at your application once more."), "amber"),
        G.DECLINED: (_("Declined"), _("You told us that you cannot come."), ""),
        G.WITHDRAWN: (_("Withdrawn"), _("Your participation was withdrawn."), ""),
        G.REPLACED: (_("Replaced"), _("Somebody else comes in your place."), ""),
        G.REVOKED: (_("No longer valid"), _("Your accreditation no longer holds. We have written to you."), "seal"),
    }  # fmt: skip
    hers = state in BEFORE or state in (G.INCOMPLETE, G.APPROVED)
    return Standing(*words[state], is_hers=hers)


def due_by(guest: Guest) -> dt.datetime | None:
    """Return by when what is hers to do should be done; None where nothing is, or no date is set. At most one query."""
    if guest.state in BEFORE:
        hours = guest.category.clocks.get(Step.APPLICATION)
        if hours:
            return guest.state_since + dt.timedelta(hours=hours)
        registration = registration_of(guest.edition)
        if guest.delegation is not None:
            return nomination_window(guest.delegation, registration).closes_at
        return guest.category.closes_at or registration.closes_at
    if guest.state in (G.INCOMPLETE, G.APPROVED):
        return due_at(guest.category, guest.state, guest.state_since)
    return None


def step_shown(guest: Guest) -> Step:
    """Return the step whose questions her page shows first."""
    return Step.CONFIRMATION if guest.state in (G.APPROVED, G.CONFIRMED) else Step.APPLICATION
