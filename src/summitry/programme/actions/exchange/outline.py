"""What a person reads of a file before it is imported, without the file itself: small enough to be kept until she has.

Everything in it is a code or the file's own words, so that it can be shown in any language later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from summitry.foundation.tables.findings import FileCode
from summitry.programme.actions.exchange.report import (
    FieldChange,
    ImportPlan,
    Note,
    NoteCode,
    Refusal,
    RefusalCode,
    RowAction,
    RowKind,
    RowPlan,
)
from summitry.programme.interchange.problems import Problem, ProblemCode, Severity

LISTED = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A plan's report with at most so many rows and notes of the `row_count` and `note_count` there are.

    Changed rows come before new ones, sessions before what they need. `counts` are by kind and action. A file of which nothing can be imported has
    `problems` and no `fingerprint`.
    """

    problems: tuple[Problem, ...] = ()
    fingerprint: str = ""
    rows: tuple[RowPlan, ...] = ()
    row_count: int = 0
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    note_count: int = 0
    refusals: tuple[Refusal, ...] = ()
    conflicts: int = 0

    @property
    def actions(self) -> list[RowAction]:
        """The actions that occur, in their usual order."""
        return [action for action in RowAction if any(counts.get(action) for counts in self.counts.values())]


UNCHANGED = "unchanged"


def outline_of(plan: ImportPlan | None, problems: Sequence[Problem] = (), *, limit: int = LISTED) -> Outline:
    """Return the outline of a plan; of a file that made none, only its `problems`."""
    if plan is None:
        return Outline(problems=tuple(problems))
    counts: dict[str, dict[str, int]] = {
        kind: {
            **{str(action): number for action, number in actions.items()},
            UNCHANGED: plan.unchanged.get(kind, 0),
        }
        for kind, actions in plan.counts().items()
    }
    return Outline(
        problems=plan.problems,
        fingerprint=plan.fingerprint,
        rows=tuple(sorted(plan.rows, key=_rank)[:limit]),
        row_count=len(plan.rows),
        counts=counts,
        notes=plan.notes[:limit],
        note_count=len(plan.notes),
        refusals=plan.refusals,
        conflicts=plan.conflicts,
    )


def _rank(row: RowPlan) -> tuple[bool, int]:
    return row.action is RowAction.CREATE, list(RowKind).index(row.kind)


def to_json(outline: Outline) -> dict[str, Any]:
    """Return an outline as JSON values."""
    return asdict(outline)


def from_json(kept: Mapping[str, Any]) -> Outline:
    """Return the outline that `to_json` wrote."""
    parts = {
        "problems": tuple(_problem(each) for each in kept["problems"]),
        "rows": tuple(_row(each) for each in kept["rows"]),
        "notes": tuple(
            Note(NoteCode(each["code"]), each["label"], _params(each["params"])) for each in kept["notes"]
        ),
        "refusals": tuple(
            Refusal(RefusalCode(each["code"]), final=each["final"], params=_params(each["params"]))
            for each in kept["refusals"]
        ),
    }
    return Outline(**{**kept, **parts})


def _problem(kept: Mapping[str, Any]) -> Problem:
    return Problem(
        Severity(kept["severity"]), kept["where"], _code(kept["code"]), kept["params"], kept["count"]
    )


def _row(kept: Mapping[str, Any]) -> RowPlan:
    return RowPlan(
        RowKind(kept["kind"]),
        RowAction(kept["action"]),
        kept["key"],
        kept["label"],
        tuple(FieldChange(**each) for each in kept["changes"]),
    )


def _params(kept: Sequence[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in kept)


def _code(value: str) -> FileCode | ProblemCode:
    return FileCode(value) if value in set(FileCode) else ProblemCode(value)
