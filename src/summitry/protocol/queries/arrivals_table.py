"""Arrivals in a table: each row read and understood, every bad cell named, before anything is written."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from summitry.directory.queries.names import names_of
from summitry.editions.models import Edition
from summitry.foundation.access import Actor, within
from summitry.foundation.search import fold
from summitry.foundation.tables import Cell, Row, Severity, letter, read_table
from summitry.foundation.tables.sentences import SENTENCES
from summitry.guests.enums import GONE
from summitry.guests.models import Guest
from summitry.protocol.enums import Direction, Means
from summitry.protocol.models import Leg, Station

MOST_ROWS = 2000
COLUMNS: Mapping[str, str | Promise] = {
    "guest": gettext_lazy("The guest’s number"),
    "name": gettext_lazy("The guest’s name, where there is no number"),
    "flight": gettext_lazy("Flight or train number"),
    "from": gettext_lazy("From"),
    "date": gettext_lazy("Day of arrival, as 2026-11-08"),
    "time": gettext_lazy("Time of arrival by the host’s clock, as 14:30"),
    "station": gettext_lazy("Station, as it is called in any language"),
}
"""The headings of a table, and what stands below each; other columns are left alone."""
REQUIRED = ("flight", "from", "date", "time")
LONGEST = {"flight": 20, "from": 120}


@dataclass(frozen=True, slots=True)
class BadCell:
    """What is wrong with one cell, or with the whole table where `place` is empty."""

    place: str
    says: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """One row that is understood; `is_known` where this journey is entered already."""

    row: int
    guest: Guest
    facts: Mapping[str, Any]
    is_known: bool


@dataclass(frozen=True, slots=True)
class ArrivalsTable:
    """A whole table: what would be written, and what keeps it from being written."""

    arrivals: Sequence[Arrival] = ()
    bad: Sequence[BadCell] = ()

    @property
    def new(self) -> list[Arrival]:
        """What is not entered yet."""
        return [one for one in self.arrivals if not one.is_known]


class _Wrong(Exception):
    """A cell cannot be understood."""

    def __init__(self, column: str, says: str) -> None:
        super().__init__(says)
        self.column = column
        self.says = says


@dataclass(slots=True)
class _Known:
    """Guests who come in person, by number and by every spelling; stations by every name; journeys that are entered."""

    zone: dt.tzinfo
    city: str
    guests: dict[int, Guest] = field(default_factory=dict)
    spelled: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    stations: dict[str, Station] = field(default_factory=dict)
    entered: set[tuple[int, str, dt.datetime | None]] = field(default_factory=set)


def read_arrivals(actor: Actor, edition: Edition, data: bytes, name: str) -> ArrivalsTable:
    """Read a table of arrivals of guests on whom `actor` works; five statements, however many rows there are."""
    reading = read_table(data, name)
    bad = [
        BadCell(one.where, _(SENTENCES[one.code]) % one.params)
        for one in reading.problems
        if one.severity == Severity.ERROR
    ]
    places = {heading.strip().casefold(): number for number, heading in enumerate(reading.columns)}
    missing = [key for key in REQUIRED if key not in places]
    if reading.columns and (missing or not {"guest", "name"} & places.keys()):
        wanted = ", ".join(missing or ["guest"])
        bad.append(BadCell("", _("The table lacks these columns: %(columns)s.") % {"columns": wanted}))
    if len(reading.rows) > MOST_ROWS:
        bad.append(BadCell("", _("At most %(most)d rows are taken at once.") % {"most": MOST_ROWS}))
    if bad or not reading.columns:
        return ArrivalsTable(bad=bad)
    known = _known(actor, edition)
    arrivals: list[Arrival] = []
    for row in reading.rows:
        cells = {key: row.cells[number] for key, number in places.items() if key in COLUMNS}
        try:
            arrivals.append(_arrival(row, cells, known))
        except _Wrong as wrong:
            where = letter(places[wrong.column]) if wrong.column in places else ""
            bad.append(BadCell(f"{where}{row.number}", wrong.says))
    return ArrivalsTable(arrivals, bad)


def _known(actor: Actor, edition: Edition) -> _Known:
    known = _Known(edition.zone, str(edition.host_city or edition.name)[:120])
    rows = within(actor, Guest.objects.filter(edition=edition)).exclude(state__in=GONE)
    guests = list(rows.select_related("person", "category", "edition"))
    known.guests = {guest.pk: guest for guest in guests}
    names = names_of({guest.person_id for guest in guests})
    for guest in guests:
        for spelling in (guest.person.reference_name, *names.spellings(guest.person_id)):
            known.spelled[fold(spelling)].add(guest.pk)
    for station in Station.objects.filter(edition=edition):
        known.stations |= {fold(text): station for text in (station.slug, *station.name.texts.values())}
    arrivals = Leg.objects.filter(guest__edition=edition, direction=Direction.ARRIVAL)
    known.entered = set(arrivals.values_list("guest_id", "code", "arrives_at"))
    return known


def _arrival(row: Row, cells: Mapping[str, Cell], known: _Known) -> Arrival:
    guest = _guest(cells, known)
    texts = {key: _text(cells, key) for key in LONGEST}
    at = dt.datetime.combine(_day(cells), _time(cells), known.zone)
    station = _station(cells, known)
    is_known = (guest.pk, texts["flight"], at) in known.entered
    known.entered.add((guest.pk, texts["flight"], at))
    facts = {
        "direction": Direction.ARRIVAL,
        "means": Means.TRAIN if station is not None and station.kind == "station" else Means.FLIGHT,
        "code": texts["flight"],
        "from_place": texts["from"],
        "to_place": known.city,
        "arrives_at": at,
        "station": station,
    }
    return Arrival(row.number, guest, facts, is_known)


def _guest(cells: Mapping[str, Cell], known: _Known) -> Guest:
    number, name = cells.get("guest"), str(cells.get("name") or "").strip()
    if number is not None:
        text = str(number).strip()
        pk = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
        if pk not in known.guests:
            raise _Wrong("guest", _("No guest who comes has this number."))
        return known.guests[pk]
    column = "name" if "name" in cells else "guest"
    if not name:
        raise _Wrong(column, _("Say whose arrival this is."))
    found = known.spelled.get(fold(name), set())
    if not found:
        raise _Wrong(column, _("No guest who comes is called “%(name)s”.") % {"name": name[:80]})
    if len(found) > 1:
        raise _Wrong(column, _("Several guests have this name. Give the number instead."))
    return known.guests[next(iter(found))]


def _text(cells: Mapping[str, Cell], key: str) -> str:
    text = " ".join(str(cells[key] or "").split())
    if not text:
        raise _Wrong(key, _("This is missing."))
    if len(text) > LONGEST[key]:
        raise _Wrong(key, _("At most %(limit)d characters are possible.") % {"limit": LONGEST[key]})
    return text


def _day(cells: Mapping[str, Cell]) -> dt.date:
    cell = cells["date"]
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    try:
        return dt.date.fromisoformat(str(cell or "").strip())
    except ValueError as error:
        raise _Wrong("date", _("This is no day. Write it as 2026-11-08.")) from error


def _time(cells: Mapping[str, Cell]) -> dt.time:
    cell = cells["time"]
    if isinstance(cell, dt.datetime):
        return cell.time().replace(tzinfo=None)
    if isinstance(cell, dt.time):
        return cell.replace(tzinfo=None)
    try:
        hour, minute = str(cell or "").strip().split(":")[:2]
        return dt.time(int(hour), int(minute))
    except ValueError as error:
        raise _Wrong("time", _("This is no time. Write it as 14:30.")) from error


def _station(cells: Mapping[str, Cell], known: _Known) -> Station | None:
    name = str(cells.get("station") or "").strip()
    if not name:
        return None
    station = known.stations.get(fold(name))
    if station is None:
        raise _Wrong("station", _("There is no station of this name."))
    return station


def names_in(table: ArrivalsTable, lang: str, chain: Sequence[str]) -> Iterator[tuple[Arrival, Any]]:
    """Yield what would be written with the names of the guests."""
    names = names_of({one.guest.person_id for one in table.arrivals})
    for one in table.arrivals:
        yield one, names.shown(one.guest.person_id, lang, chain)
