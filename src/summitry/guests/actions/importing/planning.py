"""Working out what an import would do: who is new, who was imported before, and who may be somebody known already."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from summitry.directory.models import Person
from summitry.directory.queries.matching import (
    Described,
    Keys,
    Likeness,
    Match,
    keys_of,
    likeness_of,
    match_people,
)
from summitry.editions.models import Edition
from summitry.foundation.access import Actor, require
from summitry.foundation.jobs import SILENT, Tracker
from summitry.foundation.tables import Problem, Severity, TableReading, place
from summitry.guests.actions.importing.columns import NAMES, checked_targets
from summitry.guests.actions.importing.findings import CellCode
from summitry.guests.actions.importing.rows import GuestRow, Lookups, RowReader
from summitry.guests.enums import HOLDS_SEAT
from summitry.guests.models import Category, Guest, ImportedRow, Invitation, Quota

_CHUNK = 500
_TELL = 200


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    SAME = "same"
    GUEST = "guest"
    ROW = "row"
    DOUBT = "doubt"
    KNOWN = "known"
    BAD = "bad"


class Rest(StrEnum):
    """What is done about people who may be known already and about whom nothing was decided one by one."""

    LEAVE = "leave"
    NEW = "new"
    SAME = "same"


WRITTEN = frozenset({Fate.NEW, Fate.SAME, Fate.GUEST, Fate.ROW})


@dataclass(frozen=True, slots=True)
class Planned:
    """A row and what becomes of it. `like` are people whom she may be, `like_row` is an earlier row that may be her."""

    row: GuestRow
    fate: Fate
    like: tuple[Match, ...] = ()
    like_row: int | None = None
    why_row: Likeness | None = None
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do. The `fingerprint` is of what was found, whatever was decided about it."""

    edition: Edition
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

    @property
    def writes(self) -> bool:
        """Whether anything would be written."""
        return any(planned.fate in WRITTEN for planned in self.rows)


def plan_import(
    edition: Edition,
    table: TableReading,
    targets: Sequence[str],
    *,
    by: Actor,
    category: Category | None = None,
    decisions: Mapping[int, str] | None = None,
    rest: Rest = Rest.LEAVE,
    watch: Tracker = SILENT,
) -> ImportPlan:
    """Return what importing a table would do; nothing is written, and nothing that is in the file is raised.

    `decisions` are by the number of a row: "new", "leave", "row" for the earlier row that it is like, or a person's id.
    """
    require(by, "nominate", Guest(edition=edition))
    require(by, "edit", Invitation(guest=Guest(edition=edition)))
    chosen = checked_targets(table.columns, targets)
    problems = list(table.problems)
    if not table.columns or not set(chosen) & set(NAMES):
        if table.columns:
            problems.append(Problem(Severity.ERROR, "", CellCode.NO_NAME_COLUMN))
        return ImportPlan(edition, (), tuple(problems), "", len(table.rows), 0)
    reader = RowReader(chosen, Lookups(edition, by, category))
    rows = _read(table, reader, watch)
    problems += reader.problems
    bad = len(table.rows) - len(rows)
    rows, repeated = _once(rows)
    rows, full = _within_quotas(edition, rows)
    problems += [*repeated, *full]
    found = _compared(edition, rows, watch)
    print_ = hashlib.sha256("\n".join(_mark(planned) for planned in found).encode()).hexdigest()[:32]
    decided = _decided(edition, found, decisions or {}, rest)
    return ImportPlan(
        edition, tuple(decided), tuple(problems), print_, len(table.rows), bad + len(repeated) + len(full)
    )


def _read(table: TableReading, reader: RowReader, watch: Tracker) -> list[GuestRow]:
    rows = []
    for number, row in enumerate(table.rows, 1):
        guest = reader.read(row)
        if guest is not None:
            rows.append(guest)
        if number % _TELL == 0:
            watch.step(number, len(table.rows))
    return rows


def _once(rows: Iterable[GuestRow]) -> tuple[list[GuestRow], list[Problem]]:
    """Leave out rows that say the same as an earlier one."""
    first: dict[str, GuestRow] = {}
    problems = []
    for row in rows:
        earlier = first.setdefault(row.digest, row)
        if earlier is not row:
            params = {"row": earlier.number}
            problems.append(Problem(Severity.WARNING, place(row.number), CellCode.SAME_ROW, params))
    return list(first.values()), problems


def _within_quotas(edition: Edition, rows: Sequence[GuestRow]) -> tuple[list[GuestRow], list[Problem]]:
    """Leave out rows for which the delegation has no place; those imported before hold theirs already."""
    free = free_places(edition, {row.delegation_id for row in rows if row.delegation_id})
    if not free:
        return list(rows), []
    known = known_digests(edition, rows)
    kept, problems = [], []
    for row in rows:
        key = (row.delegation_id, row.category_id)
        if key in free and row.digest not in known:
            if free[key] <= 0:
                problems.append(Problem(Severity.ERROR, place(row.number), CellCode.QUOTA_FULL))
                continue
            free[key] -= 1
        kept.append(row)
    return kept, problems


def free_places(edition: Edition, delegations: Iterable[int]) -> dict[tuple[int | None, int], int]:
    """Return how many places are left in each quota of these delegations."""
    quotas = Quota.objects.filter(delegation__in=set(delegations), delegation__edition=edition)
    free: dict[tuple[int | None, int], int] = {
        (delegation, category): places
        for delegation, category, places in quotas.values_list("delegation_id", "category_id", "places")
    }
    if free:
        seated = Guest.objects.filter(
            delegation__in={key[0] for key in free}, principal=None, state__in=HOLDS_SEAT
        )
        for key in seated.values_list("delegation_id", "category_id"):
            if key in free:
                free[key] -= 1
    return free


def known_digests(edition: Edition, rows: Sequence[GuestRow]) -> set[str]:
    """Return the digests of those rows that were imported before."""
    known: set[str] = set()
    for start in range(0, len(rows), _CHUNK):
        digests = [row.digest for row in rows[start : start + _CHUNK]]
        found = ImportedRow.objects.filter(edition=edition, digest__in=digests)
        known.update(found.values_list("digest", flat=True))
    return known


def _compared(edition: Edition, rows: Sequence[GuestRow], watch: Tracker) -> list[Planned]:
    """Compare with what was imported before, with the directory, and with the rows above."""
    watch.stage("compare")
    known = known_digests(edition, rows)
    fresh = [row for row in rows if row.digest not in known]
    keys = {row.number: keys_of(Described(row.email, row.forms)) for row in fresh}
    likes = match_people(keys, Person.objects.all())
    above = _rows_above(keys)
    planned = []
    for row in rows:
        if row.digest in known:
            planned.append(Planned(row, Fate.KNOWN))
            continue
        like, other = tuple(likes.get(row.number, ())), above.get(row.number)
        fate = Fate.DOUBT if like or other else Fate.NEW
        planned.append(Planned(row, fate, like, *(other or (None, None))))
    return planned


def _rows_above(keys: Mapping[int, Keys]) -> dict[int, tuple[int, Likeness]]:
    """Return for each row the first row above it that may be the same person, and why."""
    filed: dict[str, int] = {}
    found: dict[int, tuple[int, Likeness]] = {}
    for number, one in keys.items():
        shared: dict[int, list[str]] = defaultdict(list)
        for word in one.sought:
            if word in filed:
                shared[filed[word]].append(word)
        if shared:
            first = min(shared)
            found[number] = (first, likeness_of(shared[first]))
        for word in one.filed:
            filed.setdefault(word, number)
    return found


def _decided(
    edition: Edition, found: Sequence[Planned], decisions: Mapping[int, str], rest: Rest
) -> list[Planned]:
    """Apply what was decided about those who may be known; who is a guest already stays as she is."""
    decided = [_decide(planned, decisions, rest) for planned in found]
    people = {planned.person_id for planned in decided if planned.fate is Fate.SAME}
    guests: set[int] = set()
    chosen = sorted(pk for pk in people if pk)
    for start in range(0, len(chosen), _CHUNK):
        part = Guest.objects.filter(edition=edition, person__in=chosen[start : start + _CHUNK])
        guests.update(part.values_list("person_id", flat=True))
    taken: set[int] = set()
    for number, planned in enumerate(decided):
        if planned.fate is Fate.SAME and planned.person_id is not None:
            if planned.person_id in guests or planned.person_id in taken:
                decided[number] = replace(planned, fate=Fate.GUEST)
            taken.add(planned.person_id)
    return decided


def _decide(planned: Planned, decisions: Mapping[int, str], rest: Rest) -> Planned:
    if planned.fate is not Fate.DOUBT:
        return planned
    choice = decisions.get(planned.row.number, "")
    people = {str(match.person_id): match.person_id for match in planned.like}
    if not choice and rest is Rest.SAME:
        choice = next(iter(people), "row")
    elif not choice and rest is Rest.NEW:
        choice = "new"
    if choice == "new":
        return replace(planned, fate=Fate.NEW)
    if choice in people:
        return replace(planned, fate=Fate.SAME, person_id=people[choice])
    if choice == "row" and planned.like_row is not None:
        return replace(planned, fate=Fate.ROW)
    return planned


def _mark(planned: Planned) -> str:
    like = ",".join(str(match.person_id) for match in planned.like)
    return f"{planned.row.number} {planned.row.digest} {planned.fate} {like} {planned.like_row or ''}"
