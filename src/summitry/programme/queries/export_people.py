"""People of an imported event: named as their file named them, as long as nobody has changed who appears."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from summitry.programme.interchange.document import EventPerson
from summitry.programme.queries.export_kept import fingerprint, packed, unpacked
from summitry.programme.queries.export_keys import BIOGRAPHY, person_keys
from summitry.programme.queries.export_rows import KnownRow, KnownSource, RowKey

PERSON = "person"


class People:
    """Which of our people the persons of foreign schedules are."""

    def __init__(self, sources: Iterable[KnownSource]) -> None:
        self._rows = {known.source.key: known.rows for known in sources}

    def row(self, source: str, person: EventPerson) -> KnownRow | None:
        """Return what is known of a person that the schedule `source` names."""
        rows = self._rows.get(source, {})
        found = (rows.get(RowKey(PERSON, key)) for key in person_keys(person))
        return next((row for row in found if row is not None), None)


def kept_persons(source: str, wanted: Sequence[EventPerson], ours: Sequence[EventPerson]) -> dict[str, Any]:
    """Return what must be kept of an event's persons so that they go out again as they came in."""
    if tuple(wanted) == tuple(ours):
        return {}
    return {"source": source, "list": [packed(person) for person in wanted]}


def persons_said(
    kept: Mapping[str, Any], natives: Mapping[int, EventPerson], people: People
) -> tuple[EventPerson, ...]:
    """Return who appears, in the words of the file where it named them; `natives` are by id and in order.

    Where nobody joined, left or changed places since, the file's list is returned to the letter. A person who was
    renamed here goes by her new name.
    """
    file: list[tuple[int | None, EventPerson]] = []
    for stored in kept["list"]:
        person = unpacked(EventPerson, stored)
        row = people.row(kept["source"], person)
        file.append((row.object_id if row else None, _named(person, row, natives)))
    if list(dict.fromkeys(pk for pk, _person in file)) == list(natives):
        return tuple(person for _pk, person in file)
    by_id: dict[int | None, EventPerson] = {}
    for pk, person in file:
        by_id.setdefault(pk, person)
    return tuple(by_id.get(pk, native) for pk, native in natives.items())


def _named(person: EventPerson, row: KnownRow | None, natives: Mapping[int, EventPerson]) -> EventPerson:
    native = natives.get(row.object_id) if row else None
    if native and BIOGRAPHY in native.extra and BIOGRAPHY not in person.extra:
        person = replace(person, extra={**person.extra, BIOGRAPHY: native.extra[BIOGRAPHY]})
    if row is None or native is None or row.digests.get("called") == fingerprint(native.name):
        return person
    if row.digests.get("name") != fingerprint(person.name):
        return person
    return replace(person, name=native.name)
