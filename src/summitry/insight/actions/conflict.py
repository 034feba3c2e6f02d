"""Describing where sources disagree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from summitry.editions.models import Summit
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.i18n import Text
from summitry.insight.actions.checking import fitting
from summitry.insight.enums import ConflictKind
from summitry.insight.models import Conflict

FIELDS = ("kind", "title", "explanation", "position")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictGiven:
    """A disagreement as it shall be described."""

    code: str
    kind: ConflictKind
    title: Text
    explanation: Text
    position: int = 0


def describe_conflicts(conflicts: Iterable[ConflictGiven], *, summit: Summit, by: Actor) -> list[Conflict]:
    """Describe conflicts of a series, or describe anew those under the same codes; return the new and the changed.

    Describing the same twice changes nothing. Raises PermissionRefused unless `by` may edit conflicts, InvalidInput
    for a description that does not fit.
    """
    require(by, "edit", model=Conflict)
    wanted = {given.code: given for given in conflicts}
    with recording():
        rows = Conflict.objects.select_for_update().filter(summit=summit, code__in=wanted)
        present = {row.code: row for row in rows}
        new = [_filled(Conflict(summit=summit, code=c), g) for c, g in wanted.items() if c not in present]
        changed = [_filled(row, wanted[code]) for code, row in present.items() if _differs(row, wanted[code])]
        Conflict.objects.bulk_create(new)
        if changed:
            Conflict.objects.bulk_update(changed, FIELDS)
        if new or changed:
            after = {"new": [c.code for c in new], "changed": [c.code for c in changed]}
            record(
                "insight.conflicts.described", by=by, obj=summit, count=len(new) + len(changed), after=after
            )
    return [*new, *changed]


def _differs(conflict: Conflict, given: ConflictGiven) -> bool:
    return any(getattr(conflict, name) != getattr(given, name) for name in FIELDS)


def _filled(conflict: Conflict, given: ConflictGiven) -> Conflict:
    for name in FIELDS:
        setattr(conflict, name, getattr(given, name))
    return fitting(conflict)
