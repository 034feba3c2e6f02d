"""From a table and a mapping to a document: each row an event, each day of its rows a conference day."""

import datetime as dt
import re
from collections.abc import Mapping

from summitry.foundation.tables.reading import Cell, Row, TableReading, place
from summitry.programme.interchange.assembly import assemble
from summitry.programme.interchange.document import TRANSLATIONS, EventPerson, Generator, Json, Reading
from summitry.programme.interchange.problems import ProblemCode, Problems
from summitry.programme.interchange.raw import RawEvent, RawSchedule, RawValue
from summitry.programme.interchange.table.mapping import TRANSLATABLE, ColumnMapping, ColumnTarget, Field
from summitry.programme.interchange.texts import line
from summitry.programme.interchange.times import MIDNIGHT
from summitry.programme.interchange.values import clock_of, duration_of, moment_of, text_of

_RAW_NAMES = {Field.FORUM: "track", Field.KIND: "type"}
_BETWEEN_SPEAKERS = re.compile(r"[;；؛\n]+")


def to_document(
    table: TableReading, mapping: ColumnMapping, zone: dt.tzinfo, *, title: str = "", acronym: str = ""
) -> Reading:
    """Understand each row as an event; times without an offset are times of ``zone``.

    ``title`` and ``acronym`` are the conference's. Give the same acronym each time: rows without a GUID get one
    derived from it and from the row's ID or, without one, its title. An empty date means the date of the row above.
    """
    problems = Problems()
    columns = _columns(table, mapping, problems)
    missing = [
        wanted
        for wanted in (Field.TITLE, Field.START)
        if all(target.field is not wanted for target in columns.values())
    ]
    for wanted in missing:
        problems.error(ProblemCode.FIELD_UNMAPPED, "", field=str(wanted))
    if missing:
        return Reading(None, (*table.problems, *problems.condensed()))
    raw = RawSchedule(problems, generator=Generator())
    raw.fields |= {
        "title": title or acronym or "-",
        "acronym": acronym,
        "time_zone": getattr(zone, "key", "") or "",
    }
    carried: dt.date | None = None
    for row in table.rows:
        event, carried = _event(row, columns, carried, problems)
        raw.loose.append(event)
    reading = assemble(raw, zone)
    return Reading(reading.document, (*table.problems, *reading.problems))


def _columns(table: TableReading, mapping: ColumnMapping, problems: Problems) -> dict[int, ColumnTarget]:
    positions = {name: position for position, name in enumerate(table.columns)}
    columns: dict[int, ColumnTarget] = {}
    for name, target in mapping.targets.items():
        if name in positions:
            columns[positions[name]] = target
        else:
            problems.error(ProblemCode.COLUMN_ABSENT, "", column=name[:80])
    return columns


def _event(
    row: Row, columns: Mapping[int, ColumnTarget], carried: dt.date | None, problems: Problems
) -> tuple[RawEvent, dt.date | None]:
    """The event of a row, and the date that rows below without one take over."""
    event = RawEvent(place(row.number), "", {})
    translations: dict[str, Json] = {}
    for position, target in columns.items():
        cell = row.cells[position]
        if cell is None:
            continue
        if target.language:
            texts = translations.setdefault(str(target.field), {})
            if isinstance(texts, dict):
                texts[target.language] = text_of(cell)
        elif target.field is Field.SPEAKERS:
            event.persons = _speakers(text_of(cell))
        else:
            value = _understood(cell, target, place(row.number, position), problems)
            event.fields[_RAW_NAMES.get(target.field, str(target.field))] = value
    _choose_texts(event, translations)
    return event, _dated(event, carried, problems)


def _dated(event: RawEvent, carried: dt.date | None, problems: Problems) -> dt.date | None:
    """The date of an event, which is given to it where its row has none."""
    start = event.fields.get("start")
    moment = moment_of(event.fields.get("date")) or (moment_of(start) if clock_of(start) is None else None)
    if moment is not None:
        return moment.date() if isinstance(moment, dt.datetime) else moment
    if carried is not None:
        event.fields["date"] = carried
        problems.note(ProblemCode.DATE_FROM_ABOVE, event.where, date=carried.isoformat())
    return carried


def _understood(cell: Cell, target: ColumnTarget, where: str, problems: Problems) -> RawValue:
    """The cell as it is, or nothing (with a problem) where it is not what the column should hold."""
    match target.field:
        case Field.DATE:
            moment = moment_of(cell)
            bare = (
                isinstance(moment, dt.datetime) and moment.time() == MIDNIGHT and moment.utcoffset() is None
            )
            if moment is not None:
                return moment.date() if bare and isinstance(moment, dt.datetime) else moment
        case Field.START | Field.END:
            clock = clock_of(cell)
            if clock is not None or isinstance(moment_of(cell), dt.datetime):
                return cell if clock is None else clock
        case Field.DURATION:
            if (duration := duration_of(cell)) is not None:
                return duration
        case _:
            return cell
    problems.warning(ProblemCode.CELL_UNREADABLE, where, value=str(cell)[:80], field=str(target.field))
    return None


def _speakers(text: str) -> list[EventPerson]:
    names = (" ".join(name.split()) for name in _BETWEEN_SPEAKERS.split(text))
    return [EventPerson(name=name) for name in names if name]


def _choose_texts(event: RawEvent, translations: dict[str, Json]) -> None:
    """Texts in a language of their own go into ``extra``; where nothing else is given the first also stands alone."""
    for field in TRANSLATABLE:
        texts = translations.get(str(field))
        if isinstance(texts, dict) and texts and not event.fields.get(str(field)):
            event.fields[str(field)] = text_of(
                next((text for text in texts.values() if isinstance(text, str)), "")
            )
    if isinstance(titles := translations.get(str(Field.TITLE)), dict):
        translations[str(Field.TITLE)] = {code: line(str(text)) for code, text in titles.items()}
    if translations:
        event.extra[TRANSLATIONS] = translations
