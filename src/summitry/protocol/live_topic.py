"""The live topic of an edition's protocol: lists, plans and the arrival board hear that something changed, and fetch it."""

from __future__ import annotations

from summitry.foundation.access import Actor, policy_for
from summitry.foundation.bus import subscribe
from summitry.foundation.live import hint, register_topic
from summitry.protocol.events import PrecedenceChanged, SeatingChanged, TravelChanged
from summitry.protocol.models import SeatingPlan


def register() -> None:
    """Open the topic to those who see protocol's plans, and tell it of every change."""
    register_topic("edition:*:protocol", may_listen)
    subscribe(PrecedenceChanged, on_precedence)
    subscribe(SeatingChanged, on_seating)
    subscribe(TravelChanged, on_travel)


def may_listen(actor: Actor, topic: str) -> bool:
    """Return whether `actor` may see the plans of the edition that the topic names."""
    number = topic.split(":")[1]
    return number.isdigit() and policy_for(SeatingPlan).may(
        actor, "view", SeatingPlan(edition_id=int(number))
    )


def on_precedence(event: PrecedenceChanged) -> None:
    """Tell everybody who has a list open."""
    hint(f"edition:{event.edition_id}:protocol", "precedence")


def on_seating(event: SeatingChanged) -> None:
    """Tell everybody who has a plan open."""
    hint(f"edition:{event.edition_id}:protocol", "seating")


def on_travel(event: TravelChanged) -> None:
    """Tell everybody who has the arrival board open."""
    hint(f"edition:{event.edition_id}:protocol", "travel")
