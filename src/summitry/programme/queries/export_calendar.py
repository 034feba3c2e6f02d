"""The schedule as iCalendar: a session keeps its UID through every move, and a cancelled one says so."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar, Event, vDuration, vText

from summitry.directory.queries.names import NamesIndex, names_of
from summitry.foundation.i18n import Shown, Text, formats, language_tag
from summitry.programme.models import Slot
from summitry.programme.queries.export_event import absolute
from summitry.programme.queries.export_rows import ScheduleRows
from summitry.programme.queries.export_zone import timezone_component
from summitry.programme.queries.links import links_of

PRODUCT = "-//Summitry//Programme//EN"
REFRESH = dt.timedelta(hours=1)
UID_DOMAIN = "summitry"
"""The right half of a UID. It is no host: a moved installation must not double everybody's calendar."""
_NEVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def calendar(rows: ScheduleRows, lang: str = "", name: str = "") -> bytes:
    """Return the slots of `rows`, cancelled ones too, for a reader of `lang`; `name` is what her calendar calls it."""
    lang = lang or settings.LANGUAGE_CODE
    with override(lang):
        data: bytes = _Writer(rows, lang).calendar(name).to_ical()
    return data


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
        version = rows.version
        # The same version gives the same bytes, so that a calendar that asks again is told that nothing changed.
        self._stamp = (version.published_at if version else None) or _NEVER

    def calendar(self, name: str) -> Calendar:
        edition = self._edition
        name = name or self._text(edition.name).text
        calendar = Calendar()
        calendar.add("prodid", PRODUCT)
        calendar.add("version", "2.0")
        calendar.add("calscale", "GREGORIAN")
        calendar.add("method", "PUBLISH")
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("x-wr-timezone", edition.zone_name)
        calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(REFRESH))
        calendar.add("url", absolute(self._links.timetable))
        first, last = self._span()
        calendar.add_component(timezone_component(edition.zone_name, first, last))
        for slot in self._rows.slots:
            calendar.add_component(self._event(slot))
        return calendar

    def _span(self) -> tuple[dt.date, dt.date]:
        days = [slot.starts_at.date() for slot in self._rows.slots]
        days += [self._edition.starts_on, self._edition.ends_on]
        return min(days), max(days)

    def _event(self, slot: Slot) -> Event:
        session = slot.session
        forum = self._rows.forums[session.forum_id]
        url = absolute(self._links.session(session.code))
        title = self._text(session.title)
        event = Event()
        event.add("uid", f"{session.guid}@{UID_DOMAIN}")
        event.add("dtstamp", self._stamp)
        event.add("last-modified", self._stamp)
        event.add("sequence", slot.revision)
        event.add("status", "CANCELLED" if slot.is_cancelled else "CONFIRMED")
        event.add("dtstart", slot.starts_at.astimezone(self._zone))
        event.add("dtend", slot.ends_at.astimezone(self._zone))
        event.add("summary", _in_language(title))
        event.add("description", self._description(slot, url))
        event.add("url", url)
        event.add("categories", [self._text(forum.title).text])
        if slot.room_id:
            event.add("location", _in_language(self._text(self._rows.rooms[slot.room_id].name)))
        return event

    def _description(self, slot: Slot, url: str) -> str:
        session = slot.session
        parts = [
            self._text(session.subtitle).text,
            self._people(slot),
            self._text(session.abstract).text,
            url,
        ]
        return "\n\n".join(part for part in parts if part)

    def _people(self, slot: Slot) -> str:
        ids = dict.fromkeys(row.person_id for row in self._rows.appearances.get(slot.session_id, ()))
        names = [str(self._names.shown(pk, self._lang, self._edition.fallback)) for pk in ids]
        return _("With %(people)s") % {"people": formats.listing(names, self._lang)} if names else ""

    def _text(self, text: Text) -> Shown:
        return text.shown(self._lang, self._edition.fallback)


def _in_language(shown: Shown) -> vText:
    """The words, marked with their language where it is not the reader's."""
    text = vText(shown.text)
    if shown.fallback:
        text.params["LANGUAGE"] = language_tag(shown.lang)
    return text
