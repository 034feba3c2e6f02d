"""What of this room is told to other systems: ids, with which the receiver asks the API for what it may see."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from summitry.foundation.webhooks import register_webhook_event
from summitry.programme.events import (
    ForumsChanged,
    ForumStepTaken,
    SchedulePublished,
    SessionsChanged,
    SlotsPlaced,
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


def _forums(event: ForumsChanged) -> dict[str, Any]:
    return {"forum_ids": list(event.forum_ids)}


def _step(event: ForumStepTaken) -> dict[str, Any]:
    return {"forum_id": event.forum_id, "state": event.state, "was": event.was}


def _sessions(event: SessionsChanged | SlotsPlaced) -> dict[str, Any]:
    return {"session_ids": list(event.session_ids)}


def _version(event: SchedulePublished) -> dict[str, Any]:
    return {"version": event.number, "session_ids": list(event.session_ids)}
