"""What this room keeps of a guest beside her answers, for her receipt and her copy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from summitry.guests.enums import InvitationState, MeetingState
from summitry.guests.models import Appeal, Guest, Invitation, Meeting, MeetingDesk
from summitry.guests.queries.holdings import Held, register_holding

Rows = Sequence[Mapping[str, Any]]


def invitation(guest: Guest) -> Rows:
    """Return what a guest was sent and what she said to it."""
    return [
        {
            "state": InvitationState(row.state),
            "sent_at": row.sent_at,
            "opened_at": row.opened_at,
            "answer_by": row.answer_by,
            "answered_at": row.answered_at,
            "reminders": row.reminders,
            "remark": row.remark,
            "said_by": row.said_by,
        }
        for row in Invitation.objects.filter(guest=guest)
    ]


def meeting_desk(guest: Guest) -> Rows:
    """Return whether a guest can be asked for meetings, and what she says of herself."""
    return [
        {"is_open": row.is_open, "via_office": row.via_office, "about": row.about, "since": row.since}
        for row in MeetingDesk.objects.filter(guest=guest)
    ]


def meetings(guest: Guest) -> Rows:
    """Return the meetings that a guest asked for or was asked for."""
    rows = Meeting.objects.filter(Q(asker=guest) | Q(asked=guest)).order_by("starts_at", "pk")
    return [
        {
            "with": str((row.asked if row.asker_id == guest.pk else row.asker).person),
            "asked_by_you": row.asker_id == guest.pk,
            "starts_at": row.starts_at,
            "ends_at": row.ends_at,
            "state": MeetingState(row.state),
            "words": row.words,
        }
        for row in rows.select_related("asker__person", "asked__person")
    ]


def appeal(guest: Guest) -> Rows:
    """Return what a guest said against a refusal, and the answer."""
    return [
        {"text": row.text, "at": row.at, "answer": row.answer, "answered_at": row.answered_at}
        for row in Appeal.objects.filter(guest=guest)
    ]


def deskword(guest: Guest) -> Rows:
    """Return what the desk and the gates are told when she comes."""
    return [{"words": guest.deskword}] if guest.deskword else []


HOLDINGS = (
    Held(
        "invitation",
        _("Your invitation"),
        _("To know whether you come, and whether our letters reached you."),
        invitation,
        {
            "state": _("State"),
            "sent_at": _("Sent on"),
            "opened_at": _("Opened on"),
            "answer_by": _("To be answered by"),
            "answered_at": _("Answered on"),
            "reminders": _("Reminders"),
            "remark": _("Your remark"),
            "said_by": _("Who told us your answer"),
        },
    ),
    Held(
        "appeal",
        _("Your appeal"),
        _("So that somebody else looks at the refusal, and you have an answer."),
        appeal,
        {
            "text": _("What you wrote"),
            "at": _("Written on"),
            "answer": _("Our answer"),
            "answered_at": _("Answered on"),
        },
    ),
    Held(
        "meeting_desk",
        _("How you can be met"),
        _("So that other guests can ask you for a meeting, if you wish it."),
        meeting_desk,
        {
            "is_open": _("Can be asked"),
            "via_office": _("Your office answers"),
            "about": _("What you say of yourself"),
            "since": _("Since"),
        },
    ),
    Held(
        "meetings",
        pgettext_lazy("between guests", "Meetings"),
        _("To arrange the meetings that you and other guests ask for."),
        meetings,
        {
            "with": pgettext_lazy("meeting", "With"),
            "asked_by_you": _("You asked"),
            "starts_at": pgettext_lazy("moment", "From"),
            "ends_at": _("Until"),
            "state": _("State"),
            "words": _("Words"),
        },
    ),
    Held(
        "deskword",
        _("A word to the registration desk"),
        _("So that whoever receives you knows what to do."),
        deskword,
        {"words": _("Words")},
    ),
)


def register() -> None:
    """Declare what this room keeps."""
    for held in HOLDINGS:
        register_holding(held)
