"""The schedule as iCalendar: a session keeps its UID through every move, and a cancelled one says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from summitry.directory.queries.names import NamesIndex, names_of
from summitry.foundation.i18n import Shown, Text, formats, language_tag
from summitry.programme.interchange.calendar_lines import (
    component,
    folded,
    local_moment,
    text_line,
    utc_moment,
)
from summitry.programme.queries.export_event import absolute
from summitry.programme.queries.export_rows import ScheduleRows
from summitry.programme.queries.export_slots import AnySlot
from summitry.programme.queries.export_zone import timezone_component
from summitry.programme.queries.links import links_of

PRODUCT = "-//Summitry//Programme//EN"
REFRESH = "PT1H"
UID_DOMAIN = "summitry"
"""The right half of a UID. It is no host: a moved installation must not double everybody's calendar."""
_END = "END:VCALENDAR"
_NEVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def calendar(rows: ScheduleRows, lang: str = "", name: str = "") -> bytes:
    """Return the slots of `rows`, cancelled ones too, for a reader of `lang`; `name` is what her calendar calls it."""
    lang = lang or settings.LANGUAGE_CODE
    with override(lang):
        return _Writer(rows, lang).calendar(name)


class _Writer:
    def __init__(self, rows: ScheduleRows, lang: str) -> None:
        self._rows = rows
        self._lang = lang
        self._edition = rows.edition
        self._zone = rows.edition.zone
        self._links = links_of(rows.edition.slug, lang)
        self._names: NamesIndex = names_of(
            {row.person_id for each in rows.appearances.values() for row in each}
        )
        self._with = _("With %(people)s")
        version = rows.version
        # The same version gives the same bytes, so that a calendar that asks again is told that nothing changed.
        self._stamp = utc_moment((version.published_at if version else None) or _NEVER)

    def calendar(self, name: str) -> bytes:
        zone = timezone_component(self._edition.zone_name, *self._span())
        head, end, after = component("VCALENDAR", self._frame(name), [zone]).rpartition(_END)
        # Each event is encoded at once: together and not yet encoded they take four times the memory.
        events = (component("VEVENT", self._event(slot)).encode() for slot in self._rows.slots)
        return b"".join((head.encode(), *events, f"{end}{after}".encode()))

    def _frame(self, name: str) -> Iterator[str]:
        edition = self._edition
        name = name or self._text(edition.name).text
        yield "VERSION:2.0"
        yield f"PRODID:{PRODUCT}"
        yield "CALSCALE:GREGORIAN"
        yield "METHOD:PUBLISH"
        yield text_line("NAME", name)
        yield text_line("X-WR-CALNAME", name)
        yield f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}"
        yield folded(f"URL:{absolute(self._links.timetable)}")
        yield f"X-PUBLISHED-TTL:{REFRESH}"
        yield text_line("X-WR-TIMEZONE", edition.zone_name)

    def _span(self) -> tuple[dt.date, dt.date]:
        days = [slot.starts_at.date() for slot in self._rows.slots]
        days += [self._edition.starts_on, self._edition.ends_on]
        return min(days), max(days)

    def _event(self, slot: AnySlot) -> Iterator[str]:
        session, url = slot.session, absolute(self._links.session(slot.session.code))
        yield self._words("SUMMARY", self._text(session.title))
        yield self._moment("DTSTART", slot.starts_at)
        yield self._moment("DTEND", slot.ends_at)
        yield f"DTSTAMP:{self._stamp}"
        yield f"UID:{session.guid}@{UID_DOMAIN}"
        yield f"SEQUENCE:{slot.revision}"
        yield text_line("CATEGORIES", self._text(self._rows.forums[session.forum_id].title).text)
        yield text_line("DESCRIPTION", self._description(slot, url))
        yield f"LAST-MODIFIED:{self._stamp}"
        if slot.room_id:
            yield self._words("LOCATION", self._text(self._rows.rooms[slot.room_id].name))
        yield f"STATUS:{'CANCELLED' if slot.is_cancelled else 'CONFIRMED'}"
        yield folded(f"URL:{url}")

    def _moment(self, name: str, moment: dt.datetime) -> str:
        zone = self._zone.key
        if zone == "UTC":
            return f"{name}:{utc_moment(moment)}"
        return f"{name};TZID={zone}:{local_moment(moment.astimezone(self._zone))}"

    def _description(self, slot: AnySlot, url: str) -> str:
        session = slot.session
        parts = [
            self._text(session.subtitle).text,
            self._people(slot),
            self._text(session.abstract).text,
            url,
        ]
        return "\n\n".join(part for part in parts if part)

    def _people(self, slot: AnySlot) -> str:
        ids = dict.fromkeys(row.person_id for row in self._rows.appearances.get(slot.session_id, ()))
        names = [str(self._names.shown(pk, self._lang, self._edition.fallback)) for pk in ids]
        return self._with % {"people": formats.listing(names, self._lang)} if names else ""

    def _text(self, text: Text) -> Shown:
        return text.shown(self._lang, self._edition.fallback)

    @staticmethod
    def _words(name: str, shown: Shown) -> str:
        """A line of words, marked with their language where it is not the reader's."""
        return text_line(name, shown.text, {"LANGUAGE": language_tag(shown.lang)} if shown.fallback else None)
