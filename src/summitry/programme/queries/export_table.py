"""A schedule as a table, with the headings by which an import of the same table knows its columns."""

from __future__ import annotations

from collections.abc import Iterator

from summitry.programme.interchange.document import TRANSLATIONS, Event, ScheduleDocument
from summitry.programme.interchange.table import Cell, ColumnTarget, Field
from summitry.programme.interchange.table.mapping import TRANSLATABLE

COLUMNS = (
    Field.DATE,
    Field.START,
    Field.DURATION,
    Field.ROOM,
    Field.FORUM,
    Field.KIND,
    Field.TITLE,
    Field.SUBTITLE,
    Field.SPEAKERS,
    Field.LANGUAGE,
    Field.ABSTRACT,
    Field.DESCRIPTION,
    Field.URL,
    Field.ID,
    Field.GUID,
)
_TRANSLATABLE = frozenset(map(str, TRANSLATABLE))


def table_of(document: ScheduleDocument) -> list[list[Cell]]:
    """Return the heading and a row for each event, in the order of time; translations have columns of their own."""
    events = sorted(document.events, key=lambda event: (event.starts_at, event.room))
    targets = sorted({target for event in events for target, _text in _translations(event)}, key=str)
    rows: list[list[Cell]] = [[*map(str, COLUMNS), *map(str, targets)]]
    for event in events:
        texts = dict(_translations(event))
        rows.append([*(_cell(event, field) for field in COLUMNS), *(texts.get(target) for target in targets)])
    return rows


def _translations(event: Event) -> Iterator[tuple[ColumnTarget, str]]:
    stored = event.extra.get(TRANSLATIONS)
    for name, texts in stored.items() if isinstance(stored, dict) else ():
        if name in _TRANSLATABLE and isinstance(texts, dict):
            for lang, text in texts.items():
                yield ColumnTarget(Field(name), lang), str(text)


def _cell(event: Event, field: Field) -> Cell:
    match field:
        case Field.DATE:
            return event.starts_at.date()
        case Field.START:
            return event.starts_at.time()
        case Field.FORUM:
            return event.track
        case Field.KIND:
            return event.type
        case Field.SPEAKERS:
            return "; ".join(person.name for person in event.persons)
        case _:
            value: Cell = getattr(event, str(field))
            return value
