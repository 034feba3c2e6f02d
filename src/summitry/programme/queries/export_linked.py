"""Editions, forums and sessions as schema.org events, for search engines and other programs (JSON-LD)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from summitry.editions.models import Edition
from summitry.foundation.i18n import language_tag
from summitry.programme.queries.export_event import absolute
from summitry.programme.queries.links import Links, links_of
from summitry.programme.queries.programme import ForumLine, Programme, SessionLine

Linked: TypeAlias = dict[str, Any]

CONTEXT = "https://schema.org"
_OFFLINE, _ONLINE, _MIXED = (
    f"{CONTEXT}/{mode}EventAttendanceMode" for mode in ("Offline", "Online", "Mixed")
)


def linked_edition(edition: Edition, programme: Programme) -> Linked:
    """Return an edition with its forums as the events within it."""
    links = links_of(edition.slug, programme.lang)
    forums = [_forum(forum, programme.of_forum(forum.id), edition, links) for forum in programme.forums]
    return {
        "@context": CONTEXT,
        **_edition(edition, programme.lang),
        "eventStatus": f"{CONTEXT}/EventScheduled",
        "eventAttendanceMode": _MIXED if any(line.is_broadcast for line in programme.sessions) else _OFFLINE,
        "subEvent": [forum for forum in forums if forum],
    }


def linked_forum(forum: ForumLine, programme: Programme, edition: Edition) -> Linked:
    """Return a forum with its sessions as the events within it."""
    links = links_of(edition.slug, programme.lang)
    sessions = programme.of_forum(forum.id)
    found = _forum(forum, sessions, edition, links)
    if not found:
        return {}
    return {
        "@context": CONTEXT,
        **found,
        "superEvent": _edition(edition, programme.lang),
        "subEvent": [_session(line, edition, links) for line in sessions],
    }


def linked_session(line: SessionLine, edition: Edition, lang: str, description: str = "") -> Linked:
    """Return one session."""
    links = links_of(edition.slug, lang)
    return {
        "@context": CONTEXT,
        **_session(line, edition, links),
        **({"description": description} if description else {}),
        "superEvent": _edition(edition, lang),
    }


def _edition(edition: Edition, lang: str) -> Linked:
    chain = edition.fallback
    city = edition.host_city.shown(lang, chain).text
    return {
        "@type": "Event",
        "name": edition.name.shown(lang, chain).text,
        "url": absolute(links_of(edition.slug, lang).timetable),
        "startDate": edition.starts_on.isoformat(),
        "endDate": edition.ends_on.isoformat(),
        **({"location": {"@type": "Place", "name": city, "address": city}} if city else {}),
    }


def _forum(forum: ForumLine, sessions: Sequence[SessionLine], edition: Edition, links: Links) -> Linked:
    if not sessions:
        return {}
    return {
        "@type": "Event",
        "name": forum.title.text,
        "url": absolute(links.forum(forum.slug)),
        "startDate": _moment(min(line.starts_at for line in sessions), edition),
        "endDate": _moment(max(line.ends_at for line in sessions), edition),
        "eventStatus": _status(all(line.is_cancelled for line in sessions)),
        "location": _places(sessions, edition, absolute(links.forum(forum.slug))),
    }


def _session(line: SessionLine, edition: Edition, links: Links) -> Linked:
    url = absolute(links.session(line.code))
    languages = [language_tag(code) for code in line.spoken]
    performers = [
        {"@type": "Person", "name": str(person.name), "url": absolute(links.speaker(person.slug))}
        for person in line.people
    ]
    return {
        "@type": "Event",
        "identifier": str(line.guid),
        "name": line.title.text,
        "url": url,
        "startDate": _moment(line.starts_at, edition),
        "endDate": _moment(line.ends_at, edition),
        "eventStatus": _status(line.is_cancelled),
        "eventAttendanceMode": _mode(line),
        "location": _places([line], edition, url),
        **({"inLanguage": languages} if languages else {}),
        **({"performer": performers} if performers else {}),
        **({"isAccessibleForFree": True} if line.is_broadcast else {}),
    }


def _moment(instant: dt.datetime, edition: Edition) -> str:
    return instant.astimezone(edition.zone).isoformat()


def _status(is_cancelled: bool) -> str:  # noqa: FBT001 - the one fact it turns into a word
    return f"{CONTEXT}/{'EventCancelled' if is_cancelled else 'EventScheduled'}"


def _mode(line: SessionLine) -> str:
    if not line.is_broadcast:
        return _OFFLINE
    return _MIXED if line.room else _ONLINE


def _places(sessions: Iterable[SessionLine], edition: Edition, url: str) -> list[Mapping[str, Any]]:
    """The rooms, each once, and the page where a broadcast is watched."""
    city = edition.host_city.get(edition.host_city.source)
    places: dict[str, Mapping[str, Any]] = {}
    is_broadcast = False
    for line in sessions:
        is_broadcast = is_broadcast or line.is_broadcast
        if line.room:
            name = ", ".join(part for part in (line.room.name.text, line.room.building.text) if part)
            places[name] = {"@type": "Place", "name": name, "address": city or name}
    if is_broadcast:
        places[url] = {"@type": "VirtualLocation", "url": url}
    return list(places.values())
