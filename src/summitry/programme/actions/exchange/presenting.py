"""A plan and its problems as plain lines for whoever shows them: every code turned into words of the active language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from summitry.programme.actions.exchange.comparing import NAME
from summitry.programme.actions.exchange.facets import LABELS, Facet
from summitry.programme.actions.exchange.outline import LISTED, UNCHANGED, Outline, outline_of
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

TOLD_OF_NEW = frozenset({Facet.TIME, Facet.ROOM})


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
    """What happens to one row: what changes, or, where it is new, the first `facts` about it."""

    action: str
    action_label: str
    kind: str
    label: str
    changes: tuple[ChangeLine, ...]
    facts: tuple[str, ...] = ()


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
    return told(outline_of(plan, limit=limit))


def told(outline: Outline) -> Report:
    """Return an outline in words of the active language."""
    actions = outline.actions
    return Report(
        actions=(*(str(ACTIONS[action]) for action in actions), _("Unchanged")),
        counts=_counts(outline, actions),
        rows=tuple(map(_row, outline.rows)),
        more=outline.row_count - len(outline.rows),
        notes=tuple((note.label, str(note)) for note in outline.notes),
        more_notes=outline.note_count - len(outline.notes),
        refusals=tuple(map(str, outline.refusals)),
        can_be_accepted=not any(refusal.final for refusal in outline.refusals),
    )


def problem_lines(problems: Iterable[Problem]) -> Sequence[ProblemLine]:
    """Return problems in words."""
    return [
        ProblemLine(
            str(problem.severity), severity(problem), _where(problem), sentence(problem), problem.count
        )
        for problem in problems
    ]


def _where(problem: Problem) -> str:
    """Where a problem is: rows and lines in words, cells and elements as they are."""
    kind, __, number = problem.where.partition(" ")
    words = {"row": _("row %(number)s"), "line": _("line %(number)s")}
    return words[kind] % {"number": number} if kind in words and number.isdecimal() else problem.where


def _counts(outline: Outline, actions: Sequence[RowAction]) -> tuple[CountLine, ...]:
    return tuple(
        CountLine(
            str(KINDS[kind]),
            tuple(outline.counts.get(kind, {}).get(column, 0) for column in (*actions, UNCHANGED)),
        )
        for kind in RowKind
    )


def _row(row: RowPlan) -> RowLine:
    is_new = row.action is RowAction.CREATE
    changes = () if is_new else tuple(map(_change, row.changes))
    facts = tuple(
        change.after for change in row.changes if is_new and change.field in TOLD_OF_NEW and change.after
    )
    return RowLine(str(row.action), str(ACTIONS[row.action]), str(KIND[row.kind]), row.label, changes, facts)


def _change(change: FieldChange) -> ChangeLine:
    own = {NAME: _("Name"), BIOGRAPHY: _("Biography")}
    label = own.get(change.field) or str(LABELS[Facet(change.field)])
    return ChangeLine(label, change.before, change.after, change.conflict)
