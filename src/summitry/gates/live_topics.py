"""The live topics of this room: counts and incidents for the console, and a bare number for devices."""

from __future__ import annotations

from summitry.editions.models import Edition
from summitry.foundation.access import Actor, policy_for
from summitry.foundation.bus import subscribe
from summitry.foundation.live import hint, register_topic
from summitry.gates.events import IncidentOpened, IncidentSettled
from summitry.gates.models import Credential, Zone


def register() -> None:
    """Open the topics, and tell of incidents.

    Anybody may hear that a roster has a new revision: devices have no session, the hint says nothing else, and the roster
    itself is only given to a device with its key.
    """
    register_topic("edition:*:roster", lambda _actor, _topic: True)
    register_topic("edition:*:gates", may_listen)
    register_topic("edition:*:badges", may_hear_of_badges)
    subscribe(IncidentOpened, on_incident)
    subscribe(IncidentSettled, on_incident)


def may_listen(actor: Actor, topic: str) -> bool:
    """Return whether `actor` sees the zones of the edition that the topic names."""
    edition = _edition_in(topic)
    return edition is not None and policy_for(Zone).may(actor, "view", Zone(edition=edition))


def may_hear_of_badges(actor: Actor, topic: str) -> bool:
    """Return whether `actor` sees the badges of the edition that the topic names."""
    edition = _edition_in(topic)
    return edition is not None and policy_for(Credential).may(actor, "view", Credential(edition=edition))


def _edition_in(topic: str) -> Edition | None:
    number = topic.split(":")[1]
    return Edition.objects.filter(pk=int(number)).first() if number.isdigit() and len(number) < 19 else None


def on_incident(event: IncidentOpened | IncidentSettled) -> None:
    """Tell whoever has the list or the zones open."""
    hint(f"edition:{event.edition_id}:gates", "incident", incident=event.incident_id)
