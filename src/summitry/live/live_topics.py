"""The live topics of this room: pages hear that a run moved on or the interpretation plan changed, and fetch it."""

from __future__ import annotations

from summitry.editions.models import Edition
from summitry.foundation.access import Actor, policy_for
from summitry.foundation.bus import subscribe
from summitry.foundation.live import hint, register_topic
from summitry.live.events import InterpretationPlanned, RunEvent
from summitry.live.queries.rundown import sessions_to_run
from summitry.programme.events import SessionsChanged
from summitry.programme.models import Session


def register() -> None:
    """Open the topics to the crew, and tell them of every step."""
    register_topic("session:*:run", may_listen_to_session)
    register_topic("edition:*:run", may_listen_to_edition)
    subscribe(RunEvent, on_run)
    subscribe(InterpretationPlanned, on_sessions)
    subscribe(SessionsChanged, on_sessions)


def may_listen_to_session(actor: Actor, topic: str) -> bool:
    """Return whether `actor` may see the run of the session that the topic names."""
    number = topic.split(":")[1]
    return number.isdigit() and sessions_to_run(actor, Session.objects.filter(pk=int(number))).exists()


def may_listen_to_edition(actor: Actor, topic: str) -> bool:
    """Return whether `actor` may enter the console of the edition; the page shows her only what she works on."""
    number = topic.split(":")[1]
    edition = Edition.objects.filter(pk=int(number)).first() if number.isdigit() else None
    return edition is not None and policy_for(Edition).may(actor, "enter", edition)


def on_run(event: RunEvent) -> None:
    """Tell everybody who has the session's run, or the day's list, open."""
    kind = type(event).__name__
    hint(f"session:{event.session_id}:run", kind)
    hint(f"edition:{event.edition_id}:run", kind, session=event.session_id)


def on_sessions(event: InterpretationPlanned | SessionsChanged) -> None:
    """Tell everybody who has one of these sessions' runs open."""
    for pk in event.session_ids:
        hint(f"session:{pk}:run", "planned")
    hint(f"edition:{event.edition_id}:run", "planned")
