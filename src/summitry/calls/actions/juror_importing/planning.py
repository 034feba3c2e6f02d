"""Working out what an import would do: who is new, who sits on the jury already, and who may be somebody known."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from summitry.calls.actions.juror_importing.columns import Field, checked_targets
from summitry.calls.actions.juror_importing.findings import CellCode
from summitry.calls.actions.juror_importing.rows import JurorRow, RowReader, once
from summitry.calls.models import Call, Juror
from summitry.directory.models import Person
from summitry.directory.queries.matching import Described, Match, keys_of, match_people
from summitry.foundation.access import Actor, require
from summitry.foundation.jobs import SILENT, Tracker
from summitry.foundation.tables import Problem, Severity, TableReading
from summitry.guests.actions.importing import Rest

TELL = 200


class Fate(StrEnum):
    """What becomes of a row: a new person, one of the directory, one to be decided about, one who is a juror already."""

    NEW = "new"
    SAME = "same"
    DOUBT = "doubt"
    KNOWN = "known"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Planned:
    """A row and what becomes of it; `like` are people whom she may be."""

    row: JurorRow
    fate: Fate
    like: tuple[Match, ...] = ()
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do. The `fingerprint` is of what was found, whatever was decided about it."""

    call: Call
    rows: tuple[Planned, ...]
    problems: tuple[Problem, ...]
    fingerprint: str
    row_count: int
    bad: int

    @property
    def counts(self) -> dict[str, int]:
        """How many rows there are of each fate."""
        counts = Counter(str(planned.fate) for planned in self.rows)
        return {**{str(fate): counts.get(str(fate), 0) for fate in Fate}, str(Fate.BAD): self.bad}


def plan_import(
    call: Call,
    table: TableReading,
    targets: Sequence[str],
    *,
    by: Actor,
    decisions: Mapping[int, str] | None = None,
    rest: Rest = Rest.LEAVE,
    watch: Tracker = SILENT,
) -> ImportPlan:
    """Return what importing a table would do; nothing is written, and nothing that is in the file is raised.

    `decisions` are by the number of a row: "new", "leave", or a person's id. Raises PermissionRefused.
    """
    require(by, "edit", call)
    chosen = checked_targets(table.columns, targets)
    problems = list(table.problems)
    if not {Field.NAME, Field.EMAIL} <= set(chosen):
        if table.columns:
            problems.append(Problem(Severity.ERROR, "", CellCode.NO_COLUMN))
        return ImportPlan(call, (), tuple(problems), "", len(table.rows), 0)
    reader = RowReader(call, chosen)
    read = []
    for number, row in enumerate(table.rows, 1):
        found = reader.read(row)
        if found is not None:
            read.append(found)
        if number % TELL == 0:
            watch.step(number, len(table.rows))
    watch.stage("compare")
    rows, repeated = once(read)
    planned = _compared(call, rows)
    bad = len(table.rows) - len(rows)
    decided = _decided(call, planned, decisions or {}, rest)
    problems += [*reader.problems, *repeated]
    return ImportPlan(
        call, tuple(decided), tuple(problems), _fingerprint(call, planned), len(table.rows), bad
    )


def _compared(call: Call, rows: Sequence[JurorRow]) -> list[Planned]:
    """Compare with the jury, by address, and with the directory, by address and name."""
    sitting = {
        email.lower() for email in Juror.objects.filter(call=call).values_list("person__email", flat=True)
    }
    fresh = [row for row in rows if row.email not in sitting]
    keys = {row.number: keys_of(Described(row.email, (row.name,))) for row in fresh}
    likes = match_people(keys, Person.objects.all()) if keys else {}
    planned = []
    for row in rows:
        if row.email in sitting:
            planned.append(Planned(row, Fate.KNOWN))
            continue
        like = tuple(likes.get(row.number, ()))
        planned.append(Planned(row, Fate.DOUBT if like else Fate.NEW, like))
    return planned


def _decided(call: Call, found: Sequence[Planned], decisions: Mapping[int, str], rest: Rest) -> list[Planned]:
    """Apply what was decided about those who may be known; who is a juror already, or chosen twice, counts once."""
    decided = [_decide(planned, decisions, rest) for planned in found]
    people = {planned.person_id for planned in decided if planned.person_id is not None}
    taken = set(Juror.objects.filter(call=call, person__in=people).values_list("person_id", flat=True))
    for number, planned in enumerate(decided):
        if planned.person_id is not None:
            if planned.person_id in taken:
                decided[number] = replace(planned, fate=Fate.KNOWN)
            taken.add(planned.person_id)
    return decided


def _decide(planned: Planned, decisions: Mapping[int, str], rest: Rest) -> Planned:
    if planned.fate is not Fate.DOUBT:
        return planned
    people = {str(match.person_id): match.person_id for match in planned.like}
    choice = decisions.get(planned.row.number, "")
    if not choice:
        choice = {Rest.SAME: next(iter(people)), Rest.NEW: "new", Rest.LEAVE: ""}[rest]
    if choice == "new":
        return replace(planned, fate=Fate.NEW)
    if choice in people:
        return replace(planned, fate=Fate.SAME, person_id=people[choice])
    return planned


def _fingerprint(call: Call, found: Sequence[Planned]) -> str:
    said = [f"{call.pk}"]
    for planned in found:
        like = ",".join(str(match.person_id) for match in planned.like)
        said.append(f"{planned.row!r} {planned.fate} {like}")
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:32]
