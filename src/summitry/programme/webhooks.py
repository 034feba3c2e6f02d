"""What of this room is told to other systems: ids, with which the receiver asks the API for what it may see."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django.utils.translation import gettext_lazy as _

from summitry.foundation.webhooks import register_webhook_event
from summitry.programme.events import (
    BiographySigned,
    ForumsChanged,
    ForumStepTaken,
    LinkTested,
    MaterialHandedIn,
    SchedulePublished,
    SessionsChanged,
    SlotsPlaced,
    SpeakerAnswered,
    SpeakerChanged,
    SpeakerEvent,
    SubstituteNamed,
    SubstitutionDecided,
)

OF_EVERY = frozenset({"by", "edition_id"})
OF_SPEAKERS: tuple[tuple[str, type[SpeakerEvent], Any], ...] = (
    ("programme.speaker.answered", SpeakerAnswered, _("A speaker confirmed or declined")),
    ("programme.speaker.changed", SpeakerChanged, _("A speaker’s record changed")),
    ("programme.speaker.link_tested", LinkTested, _("A remote speaker’s link was tested")),
    ("programme.biography.signed", BiographySigned, _("A speaker approved her biography")),
    ("programme.material.handed_in", MaterialHandedIn, _("A speaker’s file was handed in")),
    ("programme.substitute.named", SubstituteNamed, _("A speaker named a substitute")),
    ("programme.substitution.decided", SubstitutionDecided, _("It was decided about a substitute")),
)


def register() -> None:
    """Offer this room's events to webhooks."""
    register_webhook_event("programme.forums.changed", ForumsChanged, _forums, _("Forums changed"))
    register_webhook_event("programme.forum.moved_on", ForumStepTaken, _step, _("A forum took a step"))
    register_webhook_event("programme.sessions.changed", SessionsChanged, _sessions, _("Sessions changed"))
    register_webhook_event(
        "programme.slots.placed", SlotsPlaced, _sessions, _("Sessions were placed in the draft schedule")
    )
    register_webhook_event(
        "programme.schedule.published",
        SchedulePublished,
        _version,
        _("A version of the schedule was published"),
    )
    for name, event_type, label in OF_SPEAKERS:
        register_webhook_event(name, event_type, _of_speaker, label)


def _forums(event: ForumsChanged) -> dict[str, Any]:
    return {"forum_ids": list(event.forum_ids)}


def _step(event: ForumStepTaken) -> dict[str, Any]:
    return {"forum_id": event.forum_id, "state": event.state, "was": event.was}


def _sessions(event: SessionsChanged | SlotsPlaced) -> dict[str, Any]:
    return {"session_ids": list(event.session_ids)}


def _version(event: SchedulePublished) -> dict[str, Any]:
    return {"version": event.number, "session_ids": list(event.session_ids)}


def _of_speaker(event: SpeakerEvent) -> dict[str, Any]:
    return {field.name: getattr(event, field.name) for field in fields(event) if field.name not in OF_EVERY}
