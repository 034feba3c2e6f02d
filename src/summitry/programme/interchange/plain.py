"""Events so plain that a reader is bound to understand them as they were written.

What a format cannot say of an event (see ``remainder``) is found by reading again what was written. An event that meets
every condition here is known to come back the same but for what the writer itself left out, so a writer need not read
it. These are almost all events of an edition that was built here; in doubt an event is not plain.
"""

import datetime as dt
from collections.abc import Mapping
from operator import attrgetter

from summitry.programme.interchange.addresses import is_plain_address
from summitry.programme.interchange.document import Event, EventPerson, Json
from summitry.programme.interchange.identity import is_guid
from summitry.programme.interchange.texts import is_clean
from summitry.programme.interchange.times import YEARS
from summitry.programme.interchange.values import LARGEST_INTEGER

BIOGRAPHY = "biography"
_MARGIN = " \t\r\n"
_MINUTE = dt.timedelta(minutes=1)
_LONGEST = dt.timedelta(hours=99)
_NOTHING = dt.timedelta()
_seldom = attrgetter(
    "recording_license",
    "do_not_record",
    "do_not_stream",
    "logo",
    "feedback_url",
    "origin_url",
    "video_download_url",
    "links",
    "attachments",
)
_NONE_OF_THESE = ("", None, None, "", "", "", "", (), ())


def is_plain(event: Event) -> bool:
    """Whether each value of ``event`` that a format can hold comes back from it as it is; ``extra`` is not looked at."""
    return (
        _seldom(event) == _NONE_OF_THESE
        and event.starts_at.year in YEARS
        and _NOTHING <= event.duration <= _LONGEST
        and not event.duration % _MINUTE
        and is_plain_address(event.url)
        and _has_plain_texts(event)
        and all(_is_plain_person(person) for person in event.persons)
    )


def _has_plain_texts(event: Event) -> bool:
    names = (person.name for person in event.persons)
    lines = "".join(
        (event.title, event.subtitle, event.track, event.type, event.language, event.room, *names)
    )
    return (
        is_clean(lines)
        and "\n" not in lines
        and "\r" not in lines
        and bool(event.room.strip())
        and _is_plain_block(event.abstract)
        and _is_plain_block(event.description)
    )


def _is_plain_block(text: str) -> bool:
    return not text or (text[0] not in _MARGIN and text[-1] not in _MARGIN and is_clean(text))


def _is_plain_person(person: EventPerson) -> bool:
    return (
        bool(person.name.strip())
        and (person.id is None or -LARGEST_INTEGER <= person.id <= LARGEST_INTEGER)
        and (person.guid is None or is_guid(person.guid))
        and (not person.url or is_plain_address(person.url))
        and (not person.extra or _is_only_biography(person.extra))
    )


def _is_only_biography(extra: Mapping[str, Json]) -> bool:
    text = extra.get(BIOGRAPHY)
    return len(extra) == 1 and isinstance(text, str) and is_clean(text)
