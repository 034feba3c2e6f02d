"""A plan and its problems as plain lines for whoever shows them: every code turned into words of the active language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from summitry.programme.actions.exchange.comparing import NAME
from summitry.programme.actions.exchange.facets import LABELS, Facet
from summitry.programme.actions.exchange.problems import sentence, severity
from summitry.programme.actions.exchange.report import (
    ACTIONS,
    KIND,
    KINDS,
    FieldChange,
    ImportPlan,
    RowAction,
    RowKind,
    RowPlan,
)
from summitry.programme.interchange.problems import Problem
from summitry.programme.queries.export_keys import BIOGRAPHY

LISTED = 300


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """A problem: how much it matters (also as a code), where it is, and what it is."""

    severity: str
    label: str
    where: str
    text: str
    count: int


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One field of a changed row."""

    field: str
    before: str
    after: str
    conflict: bool


@dataclass(frozen=True, slots=True)
class RowLine:
    """What happens to one row."""

    action: str
    action_label: str
    kind: str
    label: str
    changes: tuple[ChangeLine, ...]


@dataclass(frozen=True, slots=True)
class CountLine:
    """How many rows of a kind there are of each action, in the order of `Report.actions`."""

    kind: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A plan as it is shown: `actions` are those that occur. `more` rows and notes are left out of long lists."""

    actions: tuple[str, ...]
    counts: tuple[CountLine, ...]
    rows: tuple[RowLine, ...]
    more: int
    notes: tuple[tuple[str, str], ...]
    more_notes: int
    refusals: tuple[str, ...]
    can_be_accepted: bool


def report_of(plan: ImportPlan, limit: int = LISTED) -> Report:
    """Return the report of a plan with at most `limit` rows and notes; changed rows come before new ones."""
    rows = sorted(plan.rows, key=lambda row: row.action is RowAction.CREATE)
    actions = [action for action in RowAction if any(row.action is action for row in plan.rows)]
    return Report(
        actions=(*(str(ACTIONS[action]) for action in actions), _("Unchanged")),
        counts=_counts(plan, actions),
        rows=tuple(map(_row, rows[:limit])),
        more=max(0, len(rows) - limit),
        notes=tuple((note.label, str(note)) for note in plan.notes[:limit]),
        more_notes=max(0, len(plan.notes) - limit),
        refusals=tuple(map(str, plan.refusals)),
        can_be_accepted=not any(refusal.final for refusal in plan.refusals),
    )


def problem_lines(problems: Iterable[Problem]) -> Sequence[ProblemLine]:
    """Return problems in words."""
    return [
        ProblemLine(str(problem.severity), severity(problem), problem.where, sentence(problem), problem.count)
        for problem in problems
    ]


def _counts(plan: ImportPlan, actions: Sequence[RowAction]) -> tuple[CountLine, ...]:
    counts = plan.counts()
    return tuple(
        CountLine(
            str(KINDS[kind]), (*(counts[kind][action] for action in actions), plan.unchanged.get(kind, 0))
        )
        for kind in RowKind
    )


def _row(row: RowPlan) -> RowLine:
    changes = tuple(map(_change, row.changes)) if row.action is not RowAction.CREATE else ()
    return RowLine(str(row.action), str(ACTIONS[row.action]), str(KIND[row.kind]), row.label, changes)


def _change(change: FieldChange) -> ChangeLine:
    own = {NAME: _("Name"), BIOGRAPHY: _("Biography")}
    label = own.get(change.field) or str(LABELS[Facet(change.field)])
    return ChangeLine(label, change.before, change.after, change.conflict)
