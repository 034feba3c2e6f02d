"""Choices of the room live."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RunState(TextChoices):
    """How far a session has come, as a list of the day shows it."""

    NO_SHEET = "no_sheet", _("No cue sheet")
    WAITING = "waiting", _("Waiting")
    LATE = "late", _("Not begun yet")
    RUNNING = "running", _("Running")
    OVERRUN = "overrun", _("Overrun")
    DONE = "done", _("Done")


class CueState(TextChoices):
    """How far one cue has come."""

    DONE = "done", _("Done")
    RUNNING = "running", _("Running")
    NEXT = "next", _("Next")
    LATER = "later", _("Later")
    SKIPPED = "skipped", _("Skipped")


class Focus(TextChoices):
    """For whom the live view is."""

    STAGE = "stage", _("Stage")
    BOOTH = "booth", _("Booth")
    STREAM = "stream", _("Stream")


class Step(TextChoices):
    """What can be done with a run."""

    NEXT = "next", _("Next")
    BACK = "back", _("Previous cue")
    SKIP = "skip", _("Skip")
    RESTORE = "restore", _("Put back in")
    FINISH = "finish", _("Finish")


class ArrivalState(TextChoices):
    """Where somebody who appears in a session is; `LINKED` is the green room of those who are far away."""

    EXPECTED = "expected", _("Expected")
    ARRIVED = "arrived", _("Arrived")
    GREEN_ROOM = "green_room", _("In the green room")
    LINKED = "linked", _("Link connected")
    ON_STAGE = "on_stage", _("On stage")
    GONE = "gone", _("Gone")
    MISSING = "missing", pgettext_lazy("person", "Missing")


READY = frozenset({ArrivalState.GREEN_ROOM, ArrivalState.LINKED, ArrivalState.ON_STAGE, ArrivalState.GONE})
