"""By what a foreign schedule's rooms, tracks and people are known again in its next version.

An identity that the file gives counts more than a name; a name counts where there is nothing else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from summitry.programme.interchange.document import EventPerson, ScheduleDocument

LONGEST = 300
BIOGRAPHY = "biography"
"""Under this name schedule JSON tells of people's lives."""


def external_id(kind: str, value: str) -> str:
    """Return an identity as it is stored; an over-long one is replaced by its digest."""
    identity = f"{kind}:{value}"
    return identity if len(identity) <= LONGEST else f"{kind}#{hashlib.sha256(value.encode()).hexdigest()}"


def session_key(guid: str) -> str:
    """Return the identity of an event."""
    return external_id("guid", guid.lower())


def room_keys(document: ScheduleDocument) -> dict[str, str]:
    """Return the identity of every room that the document names, by name and in the order of the document."""
    listed = [(room.name, room.guid) for room in document.conference.rooms]
    listed += [(room.name, room.guid) for day in document.days for room in day.rooms]
    listed += [(event.room, None) for event in document.events]
    return _keys("guid", (pair for pair in listed if pair[0]))


def track_keys(document: ScheduleDocument) -> dict[str, str]:
    """Return the identity of every track that the document names, by name and in the order of the document."""
    listed = [(track.name, track.slug) for track in document.conference.tracks]
    listed += [(event.track, "") for event in document.events]
    return _keys("slug", listed)


def _keys(kind: str, listed: Iterable[tuple[str, str | None]]) -> dict[str, str]:
    identities: dict[str, str | None] = {}
    for name, identity in listed:
        identities[name] = identities.get(name) or (identity or "").lower() or None
    keys: dict[str, str] = {}
    taken: set[str] = set()
    for name, identity in identities.items():
        key = external_id(kind, identity) if identity else ""
        keys[name] = external_id("name", name) if not key or key in taken else key
        taken.add(keys[name])
    return keys


def person_keys(person: EventPerson) -> Iterator[str]:
    """Yield what a person is known by, the surest first."""
    if person.id is not None:
        yield external_id("id", str(person.id))
    if person.guid:
        yield external_id("guid", person.guid.lower())
    if person.id is None and not person.guid:
        yield external_id("name", " ".join(person.name.split()))
