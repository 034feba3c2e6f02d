"""A schedule as plain data, whatever file it came from or will be written to.

Readers produce documents in *normal form*, and writers reproduce a document in normal form exactly:

* days have distinct, positive indexes, and each day lists a room once;
* events come day by day, room by room in the day's order; each names a day and a room that the document lists;
* every event has a GUID (a UUID in text form) of its own;
* every datetime is aware; texts hold no control characters; single-line texts hold no line breaks.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from summitry.programme.interchange.problems import Problem

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

TRANSLATIONS = "translations"
"""Key in ``Event.extra`` under which a table's texts in other languages stand: {field: {language: text}}."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Generator:
    """The software that wrote the file."""

    name: str = ""
    version: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A named strand of the programme as the file calls it."""

    name: str
    slug: str = ""
    color: str = ""
    extra: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A place that the file names; the name is what ties events to it."""

    name: str
    guid: str | None = None
    description: str = ""
    capacity: int | None = None
    extra: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRoom:
    """A room as one day lists it, with or without events."""

    name: str
    guid: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One conference day; it may end after midnight."""

    index: int
    date: dt.date
    start: dt.datetime
    end: dt.datetime
    rooms: tuple[DayRoom, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPerson:
    """Somebody named by an event. Without an ID only the name tells who it is."""

    name: str
    id: int | None = None
    guid: str | None = None
    url: str = ""
    extra: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A link or an attachment."""

    url: str
    title: str = ""
    type: str = ""
    service: str = ""
    extra: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happens in one room at one time.

    ``day`` is the index of the day that lists it, which may be the evening before. ``id`` need not be unique: some
    systems repeat it for every slot of a talk; ``guid`` is. ``do_not_record`` is None where the file does not say.
    """

    guid: str
    day: int
    room: str
    starts_at: dt.datetime
    duration: dt.timedelta
    title: str
    id: int | None = None
    code: str = ""
    slug: str = ""
    url: str = ""
    subtitle: str = ""
    track: str = ""
    type: str = ""
    language: str = ""
    abstract: str = ""
    description: str = ""
    recording_license: str = ""
    do_not_record: bool | None = None
    do_not_stream: bool | None = None
    logo: str = ""
    feedback_url: str = ""
    origin_url: str = ""
    video_download_url: str = ""
    persons: tuple[EventPerson, ...] = ()
    links: tuple[Reference, ...] = ()
    attachments: tuple[Reference, ...] = ()
    extra: Mapping[str, Json] = field(default_factory=dict)

    @property
    def ends_at(self) -> dt.datetime:
        # In UTC, because adding to a local time would count a change of clocks as programme.
        return (self.starts_at.astimezone(dt.UTC) + self.duration).astimezone(self.starts_at.tzinfo)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conference:
    """What the file says about the conference as a whole. ``days_count`` is the file's word, not ``len(days)``."""

    title: str = ""
    acronym: str = ""
    start: dt.date | None = None
    end: dt.date | None = None
    days_count: int | None = None
    timeslot: dt.timedelta | None = None
    time_zone: str = ""
    url: str = ""
    logo: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    colors: Mapping[str, str] = field(default_factory=dict)
    tracks: tuple[Track, ...] = ()
    rooms: tuple[Room, ...] = ()
    extra: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleDocument:
    """A whole schedule. ``base_url`` is what relative addresses in it are relative to."""

    conference: Conference
    days: tuple[Day, ...] = ()
    events: tuple[Event, ...] = ()
    generator: Generator = field(default_factory=Generator)
    version: str = ""
    url: str = ""
    base_url: str = ""
    extra: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of a file. ``document`` is None where nothing can be made of it; the problems say why."""

    document: ScheduleDocument | None
    problems: tuple[Problem, ...]
