"""What of this room is told to other systems: ids, with which the receiver asks the API for what it may see."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django.utils.translation import gettext_lazy as _

from summitry.foundation.bus import Event
from summitry.foundation.webhooks import register_webhook_event
from summitry.live.events import (
    ArrivalSet,
    CueSheetChanged,
    CueSkipped,
    CueStarted,
    InterpretationPlanned,
    InterpretersChanged,
    RunFinished,
    RunSteppedBack,
    SessionOverran,
    UndertakingAccepted,
)

OF_EVERY = frozenset({"by", "edition_id"})
TOLD: tuple[tuple[str, type[Event], Any], ...] = (
    ("live.cue_sheet.changed", CueSheetChanged, _("A cue sheet changed")),
    ("live.cue.started", CueStarted, _("A cue started")),
    ("live.cue.skipped", CueSkipped, _("A cue was skipped or put back in")),
    ("live.run.stepped_back", RunSteppedBack, _("A step of a session was taken back")),
    ("live.run.finished", RunFinished, _("A session ended")),
    ("live.session.overran", SessionOverran, _("A session overran")),
    ("live.arrival.set", ArrivalSet, _("Somebody arrived, went on stage, or is missing")),
    ("live.interpretation.planned", InterpretationPlanned, _("The interpretation plan changed")),
    ("live.interpreters.changed", InterpretersChanged, _("Interpreters changed")),
    ("live.undertaking.accepted", UndertakingAccepted, _("An interpreter accepted the undertaking")),
)


def register() -> None:
    """Offer this room's events to webhooks."""
    for name, event_type, label in TOLD:
        register_webhook_event(name, event_type, _facts, label)


def _facts(event: Event) -> dict[str, Any]:
    values = {field.name: getattr(event, field.name) for field in fields(event) if field.name not in OF_EVERY}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
