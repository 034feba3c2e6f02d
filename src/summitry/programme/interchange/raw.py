"""What a file says before it is understood: the common ground of the XML, JSON and table readers.

A reader only finds values and gives them the canonical names below; ``assembly`` turns them into a document. So every
tolerance towards odd dates, missing identities or clashes exists once.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from summitry.programme.interchange.document import (
    EventPerson,
    Generator,
    Json,
    Reference,
    Room,
    Track,
)
from summitry.programme.interchange.problems import Problems

RawValue = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None

EVENT_LINES = ("title", "subtitle", "track", "type", "language", "recording_license")
"""Event fields that are one line of text for people."""
EVENT_BLOCKS = ("abstract", "description")
"""Event fields whose text is kept to the letter."""
EVENT_ADDRESSES = ("url", "logo", "feedback_url", "origin_url", "video_download_url")
EVENT_TIMES = ("date", "start", "end", "duration")
EVENT_FLAGS = ("do_not_record", "do_not_stream")
EVENT_IDENTITIES = ("id", "guid", "code", "slug")
EVENT_FIELDS = frozenset(
    (*EVENT_LINES, *EVENT_BLOCKS, *EVENT_ADDRESSES, *EVENT_TIMES, *EVENT_FLAGS, *EVENT_IDENTITIES, "room")
)


@dataclass(frozen=True, slots=True)
class Remainder:
    """What our own writer could not say in a format's own terms, and of which state of the element it is true."""

    of: str
    fields: Mapping[str, Json]


@dataclass(slots=True)
class RawEvent:
    """An event as found. ``room`` is the room that encloses it; ``fields`` holds what is in ``EVENT_FIELDS``."""

    where: str
    room: str
    fields: dict[str, RawValue]
    persons: list[EventPerson] = field(default_factory=list)
    links: list[Reference] = field(default_factory=list)
    attachments: list[Reference] = field(default_factory=list)
    extra: dict[str, Json] = field(default_factory=dict)
    remainder: Remainder | None = None


@dataclass(slots=True)
class RawRoom:
    """A room of one day with its events."""

    name: str
    guid: str | None = None
    events: list[RawEvent] = field(default_factory=list)


@dataclass(slots=True)
class RawDay:
    """A day as found; its own fields are ``index``, ``date``, ``start`` and ``end``."""

    where: str
    fields: dict[str, RawValue]
    rooms: list[RawRoom] = field(default_factory=list)


@dataclass(slots=True)
class RawSchedule:
    """A schedule as found. ``fields`` are the conference's, with ``day_change`` beside those of the document.

    ``loose`` events are not listed under a day (tables, flat JSON); assembly finds or makes their day.
    """

    problems: Problems
    fields: dict[str, RawValue] = field(default_factory=dict)
    keywords: list[str] = field(default_factory=list)
    colors: dict[str, str] = field(default_factory=dict)
    tracks: list[Track] = field(default_factory=list)
    rooms: list[Room] = field(default_factory=list)
    days: list[RawDay] = field(default_factory=list)
    loose: list[RawEvent] = field(default_factory=list)
    generator: Generator = field(default_factory=Generator)
    version: str = ""
    url: str = ""
    base_url: str = ""
    conference_extra: dict[str, Json] = field(default_factory=dict)
    extra: dict[str, Json] = field(default_factory=dict)
    remainder: Remainder | None = None
