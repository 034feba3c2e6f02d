"""What the desk's own modules say, in the reader's language: they take their words from the page."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from summitry.gates.enums import Decision, Direction, Reason


def words() -> dict[str, str]:
    """Return the sentences by name; what stands in braces is put in by the page."""
    reasons = {f"reason_{reason.value}": str(reason.label) for reason in Reason}
    directions = {f"direction_{way.value}": str(way.label) for way in Direction}
    decisions = {f"decision_{one.value}": str(one.label) for one in Decision}
    return {**reasons, **directions, **decisions, **_states(), **_deeds(), **_stops(), **_training()}


def _states() -> dict[str, str]:
    return {
        "way": _("Direction: {way}"),
        "online": _("Connected"),
        "offline": _("Working without a line"),
        "waiting": _("Scans to be sent: {number}"),
        "sent": _("Everything is sent"),
        "unread": _("Not accepted by the server: {number}"),
        "age": _("List of {time}, {minutes} min old"),
        "expires": _("good for {hours} h more"),
        "stale": _(
            "The list has expired. Only the server can decide now: get a line, or ask your supervisor."
        ),
        "skew": _("The clock of this device is wrong by {seconds} seconds. Please set it."),
        "training": _("Training: nothing is counted, nothing is sent."),
        "loading": _("Loading the list …"),
        "keeping": _("Locking the list away on this device …"),
        "guests": _("Guests on the list: {number}"),
        "inside": _("Inside now: {number}"),
        "confirmed": _("Confirmed by the server"),
        "unconfirmed": _("Not confirmed yet"),
        "differs": _("The server says otherwise: {message}"),
        "incident": _("A supervisor has been told."),
        "entered": _("First entry {time}"),
        "entered_at": _("Since {time}, {gate}."),
        "per_hour": _("{number} in the last hour"),
        "nobody": _("Nobody found."),
        "found": _("Found: {number}. Choose with the arrow keys, then Enter."),
        "reason_stale": _("The list on this device has expired."),
        "new_version": _("A new version of this page is ready. It is used at the next start."),
    }


def _deeds() -> dict[str, str]:
    return {
        "undone": _("Taken back: {name}"),
        "nothing_to_undo": _("There is nothing to take back."),
        "reprinted": _(
            "The new badge is in the queue of badges to be printed. The old one opens nothing any more."
        ),
        "no_guest": _("Scan a badge or find a guest first."),
        "needs_line": _("This needs the line to the server. Try again when it is back."),
        "walked_in": _("{name} is on the list now. The badge is in the queue of badges to be printed."),
        "order_waits": _("waits to be printed"),
        "order_printed": _("printed at {time}"),
        "needs_reason": _("Please give a reason."),
        "sound_on": _("Sound on"),
        "sound_off": _("Sound off"),
        "camera_on": _("Use the camera"),
        "camera_off": _("Stop the camera"),
        "camera_refused": _("The camera cannot be used. Allow it in the browser, or type the code."),
        "again_sent": _("The rows are sent again."),
        "signed_out": _("This device has forgotten everything."),
        "wrong_code": _("This code is not valid any more. Ask for a new one."),
        "no_line": _("The server does not answer. Check the network and try again."),
    }


def _stops() -> dict[str, str]:
    return {
        "revoked": _("This device has been shut out. The list on it is deleted."),
        "unfit": _(
            "This browser cannot be used as a gate. It needs a secure address and storage on the device."
        ),
        "elsewhere": _("The desk is open in another window of this device already. Please go on there."),
        "leave_waiting": _(
            "{number} scans have not been sent yet. Whoever signs out now deletes them for good."
        ),
    }


def _training() -> dict[str, str]:
    return {
        "training_gate": _("Practice gate"),
        "training_category": pgettext("badge", "Guest"),
        "training_vip": pgettext("badge", "Head of delegation"),
        "training_note": _("Please call the escort before she goes in."),
        "training_org": _("Practice delegation"),
    }
