"""The live topic of an edition's schedule: pages that show the draft hear that it changed, and fetch what they may see."""

from __future__ import annotations

from summitry.foundation.access import Actor, policy_for
from summitry.foundation.bus import Event, subscribe
from summitry.foundation.live import hint, register_topic
from summitry.programme.events import CapacitiesChanged, SchedulePublished, SessionsChanged, SlotsPlaced
from summitry.programme.models import Version

_KINDS: dict[type[Event], str] = {
    SlotsPlaced: "placed",
    SchedulePublished: "published",
    SessionsChanged: "sessions",
    CapacitiesChanged: "capacities",
}


def register() -> None:
    """Open the topic to those who may see the draft, and tell it of every move, publication and change of a session."""
    register_topic("edition:*:schedule", may_listen)
    for event in _KINDS:
        subscribe(event, on_schedule)


def may_listen(actor: Actor, topic: str) -> bool:
    """Return whether `actor` may see the draft of the edition that the topic names."""
    number = topic.split(":")[1]
    return number.isdigit() and policy_for(Version).may(actor, "view", Version(edition_id=int(number)))


def on_schedule(event: Event) -> None:
    """Tell everybody who has the schedule open."""
    hint(f"edition:{event.edition_id}:schedule", _KINDS[type(event)])
